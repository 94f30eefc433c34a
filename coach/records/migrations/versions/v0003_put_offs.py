"""The proposals that were put off."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What is there stays as it is."""
    op.create_table(
        "put_offs",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("sets", sa.Integer, nullable=False),
        sa.Column("reps", sa.Integer),
        sa.Column("hold_s", sa.Float),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_put_offs_person", ondelete="CASCADE"),
    )
    op.create_index("ix_put_offs_person", "put_offs", ["person"])
