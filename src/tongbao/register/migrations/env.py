"""What Alembic runs: the revisions in versions/, on the connection and in the transaction that `upgrade` opened."""

from __future__ import annotations

from alembic import context

from tongbao.register.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
