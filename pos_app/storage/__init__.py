"""The ledger: tables, one unit of work over SQLite or PostgreSQL, and the journal."""
