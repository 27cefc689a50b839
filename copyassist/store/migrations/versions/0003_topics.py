"""The tables of topics: topic_titles, topic_choices, visits."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "topic_titles",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_topic_titles"),
    )
    op.create_index("ix_topic_titles_kept_at", "topic_titles", ["kept_at"])
    op.create_table(
        "topic_choices",
        sa.Column("one", sa.Text, nullable=False),
        sa.Column("two", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("chosen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("one", "two", name="pk_topic_choices"),
    )
    op.create_table(
        "visits",
        sa.Column("page", sa.String(40), nullable=False),
        sa.Column("latest", sa.BigInteger, nullable=False),
        sa.Column("previous", sa.BigInteger),
        sa.PrimaryKeyConstraint("page", name="pk_visits"),
    )
