"""Whether a physician has looked at what was ticked in the safety questions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """What is there stays as it is: of answers that were kept before nobody said so."""
    op.add_column("screenings", sa.Column("seen", sa.Boolean))
