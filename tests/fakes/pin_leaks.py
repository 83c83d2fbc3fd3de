"""Looks for a PIN in everything that a widget tells others about itself."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget


def told_by(widget):
    """Every text of a widget: properties, words, names and descriptions for assistive tools."""
    meta = widget.metaObject()
    values = [widget.property(meta.property(n).name()) for n in range(meta.propertyCount())]
    values += [widget.property(bytes(name).decode()) for name in widget.dynamicPropertyNames()]
    if isinstance(widget, QLabel | QLineEdit):
        values.append(widget.text())
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is not None:
        values += [spoken.text(part) for part in QAccessible.Text if part.value <= 4]
    return " ".join(str(value) for value in values)


def places_that_tell(pin, root):
    """The widgets of `root` that tell `pin`, or its first four digits, to anybody."""
    widgets = [root, *root.findChildren(QWidget)]
    return [one.objectName() or repr(one) for one in widgets if pin[:4] in told_by(one)]
