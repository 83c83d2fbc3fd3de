"""Citcon's Online API as a gateway: a charge's code comes as a picture."""
