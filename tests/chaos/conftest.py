"""A screen for the whole program, and a pretend payment service in another process."""

from tests.fakes.whole_program import gateway, screen

__all__ = ["gateway", "screen"]
