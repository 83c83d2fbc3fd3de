"""Printed paper as values: what it says, and how that falls into columns. No Qt, no printer."""
