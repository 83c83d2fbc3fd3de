"""Citcon's In-Store API (a terminal that shows codes and scans them), pretended."""
