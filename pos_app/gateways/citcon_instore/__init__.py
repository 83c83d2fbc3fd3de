"""Citcon's In-Store API as a gateway: a terminal that shows codes and scans them."""
