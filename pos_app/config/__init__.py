"""The settings: declared once, read from a file and the environment; secrets are kept apart."""
