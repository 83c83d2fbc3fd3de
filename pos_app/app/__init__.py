"""The till: window first, services behind it, and a clean end.

`run` shows and paints the Lock page before anything but Qt's widgets is imported; a thread then
imports and builds the services (`compose`), and the window connects to them.
"""

from pos_app.app.till import NoDisplayError, TillOptions, run

__all__ = ["NoDisplayError", "TillOptions", "run"]
