"""Reusable widgets, a file each."""
