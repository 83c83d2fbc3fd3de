"""The main window: the frame around the pages, and everything that belongs to no single page."""

from pos_app.ui.window.main import MainWindow

__all__ = ["MainWindow"]
