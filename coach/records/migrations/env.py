"""Run by Alembic: the steps go through the connection that is given, in the transaction that it is in."""

from alembic import context

if hasattr(context, "config"):  # else somebody merely imports this file
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
