"""The first tables: accounts, imports, posts, sightings, observations, drafts, meta."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_accounts()
    _create_imports()
    _create_posts()
    _create_sightings()
    _create_observations()
    _create_drafts()
    meta = op.create_table(
        "meta",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.bulk_insert(meta, [{"name": "version", "value": 1}])


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return (
        sa.Column("id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _owner(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        *_id("accounts"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("relation", sa.String(16), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
        sqlite_autoincrement=True,
    )


def _create_imports() -> None:
    op.create_table(
        "imports",
        *_id("imports"),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("as_of", sa.BigInteger, nullable=False),
        sa.Column("imported_at", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("new_posts", sa.Integer, nullable=False),
        sa.Column("updated_posts", sa.Integer, nullable=False),
        sa.Column("unchanged_posts", sa.Integer, nullable=False),
        sa.Column("observations", sa.Integer, nullable=False),
        sa.Column("rejected_rows", sa.Integer, nullable=False),
        _owner("imports", "accounts", "account_id"),
        sa.UniqueConstraint(
            "account_id", "platform", "digest", name="uq_imports_account_id_platform_digest"
        ),
        sqlite_autoincrement=True,
    )


def _create_posts() -> None:
    op.create_table(
        "posts",
        *_id("posts"),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        *_described(),
        sa.Column("key_title", sa.Text, nullable=False),
        sa.Column("key_url", sa.Text, nullable=False),
        sa.Column("key_time", sa.BigInteger),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("figures_of", sa.Text, nullable=False),
        sa.Column("edited", sa.Text, nullable=False),
        sa.Column("deleted_at", sa.BigInteger),
        _owner("posts", "accounts", "account_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_account_id_platform", "posts", ["account_id", "platform"])


def _described() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("platform_post_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _create_sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("post_id", sa.Integer, nullable=False),
        *_described(),
        _owner("sightings", "imports", "import_id"),
        _owner("sightings", "posts", "post_id"),
        sa.PrimaryKeyConstraint("import_id", "post_id", name="pk_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sightings_post_id", "sightings", ["post_id"])


def _create_observations() -> None:
    op.create_table(
        "observations",
        sa.Column("post_id", sa.Integer, nullable=False),
        sa.Column("metric", sa.String(60), nullable=False),
        sa.Column("import_id", sa.Integer, nullable=False),
        sa.Column("value", sa.Float(53), nullable=False),
        sa.Column("bound", sa.String(8), nullable=False),
        sa.Column("as_of", sa.BigInteger, nullable=False),
        _owner("observations", "posts", "post_id"),
        _owner("observations", "imports", "import_id"),
        sa.PrimaryKeyConstraint("post_id", "metric", "import_id", name="pk_observations"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_observations_import_id", "observations", ["import_id"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        *_id("drafts"),
        sa.Column("account_id", sa.Integer),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("reports", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_drafts_account_id", ondelete="SET NULL"
        ),
        sqlite_autoincrement=True,
    )
