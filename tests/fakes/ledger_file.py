"""A till's SQLite ledger, looked at from outside while the till works on it."""

import sqlite3


class LedgerFile:
    """Reads the file; never writes. Before the till has made its tables there are no rows."""

    def __init__(self, file):
        self.file = file

    def rows(self, sql, *values):
        """The rows that `sql` finds, as dicts."""
        if not self.file.exists():
            return []
        connection = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise
        finally:
            connection.close()

    def charges(self, **wanted):
        """All charges, oldest first, of which these columns have these values."""
        condition = " AND ".join([f"{column} IS ?" for column in wanted] or ["1"])
        return self.rows(f"SELECT * FROM charges WHERE {condition} ORDER BY id", *wanted.values())  # noqa: S608

    def prints(self):
        """All printed or saved receipts."""
        return self.rows("SELECT * FROM receipt_prints")
