"""The logins that were ended before their time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """What is there stays as it is."""
    op.create_table(
        "ended_logins",
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_ended_logins"),
    )
