"""Who has claimed a source, so that the claim of a collector that is gone can be taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("source_states", sa.Column("claimed_by", sa.Text))
