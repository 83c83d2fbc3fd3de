"""What this computer offers to a window: Qt, fonts, screens, printers; asked by `doctor`.

Each function makes its own application object: for a process that does nothing else.
"""

from __future__ import annotations

import PySide6
from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtPrintSupport import QPrinterInfo

from pos_app import resources
from pos_app.ui.printing.printers import printer_names


def about_qt() -> dict[str, object]:
    """Return the versions, and which of the bundled fonts Qt cannot use."""
    application = QGuiApplication([])
    fonts = sorted(resources.path("fonts").glob("*.otf"))
    missing = [font.name for font in fonts if QFontDatabase.addApplicationFont(str(font)) < 0]
    del application
    return {
        "qt": qVersion(),
        "pyside": PySide6.__version__,
        "missing_fonts": missing if fonts else ["all"],
    }


def about_screens() -> dict[str, object]:
    """Return the size of each screen in real pixels; without a display the process ends."""
    application = QGuiApplication([])
    found = []
    for screen in application.screens():
        ratio, size = screen.devicePixelRatio(), screen.size()
        found.append(
            {"width": round(size.width() * ratio), "height": round(size.height() * ratio)}
        )
    return {"screens": found}


def about_printers() -> dict[str, object]:
    """Return the names of the system's printers and of its default one ("" without); may hang."""
    application = QCoreApplication([])
    found: dict[str, object] = {
        "names": list(printer_names()),
        "default": QPrinterInfo.defaultPrinterName(),
    }
    del application
    return found
