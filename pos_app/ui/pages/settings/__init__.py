"""The Settings page: its frame, and one file for each section."""
