"""Citcon's Online API (the code as a picture), pretended. Source: gateways/citcon.md."""
