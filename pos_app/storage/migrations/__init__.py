"""The ledger's migrations, run by alembic from inside the package."""
