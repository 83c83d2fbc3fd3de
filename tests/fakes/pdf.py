"""What a printed or saved PDF says; needs a QApplication."""

from PySide6.QtPdf import QPdfDocument


def text_of(source):
    """The text of all pages; `source` is a file's name or a device that is open."""
    document = QPdfDocument()
    document.load(source)
    text = "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return text
