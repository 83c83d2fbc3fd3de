"""Dialogs inside the window, a file each; they build on `widgets.dialog`."""
