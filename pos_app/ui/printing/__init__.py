"""Receipts on the screen, in PDF files and on paper."""
