"""Drafts that were marked as published wait for their posts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("drafts", sa.Column("published_at", sa.BigInteger))
    op.add_column("drafts", sa.Column("published_on", sa.Text))
