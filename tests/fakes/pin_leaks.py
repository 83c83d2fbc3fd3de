"""Looks for a PIN in everything that a widget tells others about itself."""

import re

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

_LAST_TEXT = QAccessible.Text.Accelerator.value


def _property(widget, name):
    try:
        return widget.property(name)
    except RuntimeError:  # some enums have no value in Python: they hold no text either
        return ""


def told_by(widget):
    """Every text of a widget: properties, words, names and descriptions for assistive tools."""
    meta = widget.metaObject()
    names = [meta.property(number).name() for number in range(meta.propertyCount())]
    names += [name.data().decode() for name in widget.dynamicPropertyNames()]
    values = [_property(widget, name) for name in names]
    if isinstance(widget, QLabel | QLineEdit):
        values.append(widget.text())
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is not None:
        values += [spoken.text(part) for part in QAccessible.Text if part.value <= _LAST_TEXT]
    # Where an object lies in memory is no text of it, and any digits may be in that.
    return re.sub(r"0x[0-9a-f]+", "", " ".join(str(value) for value in values))


def places_that_tell(pin, root):
    """The widgets of `root` that tell `pin`, or its first four digits, to anybody."""
    widgets = [root, *root.findChildren(QWidget)]
    return [one.objectName() or repr(one) for one in widgets if pin[:4] in told_by(one)]
