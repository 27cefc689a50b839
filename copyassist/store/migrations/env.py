"""Run by Alembic: migrates over the connection that the store hands in, in its transaction."""

from alembic import context

from copyassist.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
