"""A printer in memory."""


class FakePrinter:
    """Keeps the paper; raises `on_paper` or `on_file` instead where one is set."""

    def __init__(self, *, on_paper=None, on_file=None):
        self.paper, self.files, self.on_paper, self.on_file = [], {}, on_paper, on_file

    def print(self, receipt, printer_name):
        if self.on_paper:
            raise self.on_paper
        self.paper.append((receipt, printer_name))

    def save_pdf(self, receipt, file):
        if self.on_file:
            raise self.on_file
        self.files[file] = receipt
