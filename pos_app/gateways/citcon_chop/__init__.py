"""Citcon's hosted page (CHOP): the till shows a code, the customer pays on the page behind it."""
