"""Runs migrations on the connection that the caller already holds in a transaction.

To write one: `alembic` is not configured by a file; see tests/integration/test_storage_schema.py
for how the tables and the migrations are compared.
"""

from alembic import context

from pos_app.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
