"""The tables of collecting: polls, hot_items, hot_sightings, source_states."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_polls()
    _create_items()
    _create_sightings()
    _create_states()


def _create_polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("way", sa.Integer, nullable=False),
        sa.Column("error", sa.String(60), nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_polls"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_polls_source_seen_at", "polls", ["source", "seen_at"])
    op.create_index("ix_polls_seen_at", "polls", ["seen_at"])


def _create_items() -> None:
    op.create_table(
        "hot_items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hot_items"),
        sa.UniqueConstraint("source", "key", name="uq_hot_items_source_key"),
        sqlite_autoincrement=True,
    )


def _owner(owner: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_hot_sightings_{column}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")


def _create_sightings() -> None:
    op.create_table(
        "hot_sightings",
        sa.Column("poll_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("item_id", sa.Integer, nullable=False),
        sa.Column("rank", sa.Integer),
        sa.Column("heat", sa.Float(53)),
        sa.Column("heat_text", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("kind", sa.Integer, nullable=False),
        _owner("polls", "poll_id"),
        _owner("hot_items", "item_id"),
        sa.PrimaryKeyConstraint("poll_id", "place", name="pk_hot_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hot_sightings_item_id", "hot_sightings", ["item_id"])


def _create_states() -> None:
    op.create_table(
        "source_states",
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("last_try", sa.BigInteger),
        sa.Column("last_good", sa.BigInteger),
        sa.Column("good_rows", sa.Integer, nullable=False),
        sa.Column("usual_rows", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.String(60), nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("next_try", sa.BigInteger),
        sa.Column("way", sa.Integer, nullable=False),
        sa.Column("ways", sa.Text, nullable=False),
        sa.Column("claimed_until", sa.BigInteger),
        sa.PrimaryKeyConstraint("source", name="pk_source_states"),
    )
