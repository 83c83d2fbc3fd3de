"""Citcon's hosted page (CHOP), pretended. Source: gateways/citcon.md, "CHOP"."""
