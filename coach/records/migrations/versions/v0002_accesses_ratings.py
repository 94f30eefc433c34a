"""Who looked at what, a therapist's blinded ratings, and the backups that were made."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """What is there stays as it is."""
    op.create_table(
        "ratings",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("set", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("check", sa.Text, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["set"], ["sets.id"], name="fk_ratings_set", ondelete="CASCADE"),
    )
    op.create_index("ix_ratings_set", "ratings", ["set"])
    columns = ("person", "at", "who", "role", "what", "granted")
    op.create_table(
        "accesses",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.UniqueConstraint(*columns, name=f"uq_accesses_{'_'.join(columns)}"),
    )
    op.create_index("ix_accesses_at", "accesses", ["at"])
    op.create_table(
        "backups",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
    )
