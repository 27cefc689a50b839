"""The tables. Times are whole seconds since 1970-01-01 UTC, so that every database agrees on them.

A change here needs a migration in `migrations/versions` and its id at the end of REVISIONS; a test
holds that the migrations and this file give the same tables.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
HEAD = REVISIONS[-1]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _owned_by(table: str, name: str, *, primary_key: bool = False) -> Column[int]:
    owner = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, owner, nullable=False, primary_key=primary_key)


accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("relation", String(16), nullable=False),
    Column("is_demo", Boolean, nullable=False),
    sqlite_autoincrement=True,  # an id is never used twice: caches and undo may still name it
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    _owned_by("accounts", "account_id"),
    Column("platform", String(40), nullable=False),
    Column("file", Text, nullable=False),
    Column("form", String(60), nullable=False),
    Column("as_of", BigInteger, nullable=False),
    Column("imported_at", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("new_posts", Integer, nullable=False),
    Column("updated_posts", Integer, nullable=False),
    Column("unchanged_posts", Integer, nullable=False),
    Column("observations", Integer, nullable=False),
    Column("rejected_rows", Integer, nullable=False),
    UniqueConstraint("account_id", "platform", "digest"),
    sqlite_autoincrement=True,
)

# `title`, `published_at` … are what is shown: the newest sighting, or what the user typed instead
# (`edited` lists those fields). The key_ columns are what the imports said, so that an edited post
# is still recognised. `figures` and `figures_of` (figures.py) are the newest observation of each
# metric and its day: one row a post, so that 100,000 posts load at once.
posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    _owned_by("accounts", "account_id"),
    Column("platform", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("published_at", BigInteger),
    Column("kind", Text, nullable=False),
    Column("platform_post_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("key_title", Text, nullable=False),
    Column("key_url", Text, nullable=False),
    Column("key_time", BigInteger),
    Column("figures", Text, nullable=False),
    Column("figures_of", Text, nullable=False),
    Column("edited", Text, nullable=False),
    Column("deleted_at", BigInteger),
    Index(None, "account_id", "platform"),
    sqlite_autoincrement=True,
)

# What each import said about each post: an undone import leaves what the others said.
sightings = Table(
    "sightings",
    metadata,
    _owned_by("imports", "import_id", primary_key=True),
    _owned_by("posts", "post_id", primary_key=True),
    Column("title", Text, nullable=False),
    Column("published_at", BigInteger),
    Column("kind", Text, nullable=False),
    Column("platform_post_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "post_id"),
    sqlite_with_rowid=False,
)

observations = Table(
    "observations",
    metadata,
    _owned_by("posts", "post_id", primary_key=True),
    Column("metric", String(60), primary_key=True),
    _owned_by("imports", "import_id", primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("bound", String(8), nullable=False),
    Column("as_of", BigInteger, nullable=False),
    Index(None, "import_id"),
    sqlite_with_rowid=False,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("saved_at", BigInteger, nullable=False),
    Column("draft", Text, nullable=False),
    Column("reports", Text, nullable=False),
    Column("published_at", BigInteger),
    Column("published_on", Text),
    sqlite_autoincrement=True,
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

# --- hot topics --------------------------------------------------------------------------------

# One look at one source; what it gave is in hot_sightings. A failed look is a row without those.
polls = Table(
    "polls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(80), nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("way", Integer, nullable=False),
    Column("error", String(60), nullable=False),
    Column("params", Text, nullable=False),
    Index(None, "source", "seen_at"),
    Index(None, "seen_at"),
    sqlite_autoincrement=True,
)

# What a row says apart from its place: one row here however often it is seen. `key` is a digest
# of the platform's own key and the title, so that an edited title is a row of its own.
hot_items = Table(
    "hot_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(80), nullable=False),
    Column("key", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("published_at", BigInteger),
    Column("first_seen", BigInteger, nullable=False),
    UniqueConstraint("source", "key"),
    sqlite_autoincrement=True,
)

# `place` is the position in the answer from 0; `kind` is 0 ordinary, 1 pinned, 2 advert, 3 both.
hot_sightings = Table(
    "hot_sightings",
    metadata,
    _owned_by("polls", "poll_id", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _owned_by("hot_items", "item_id"),
    Column("rank", Integer),
    Column("heat", Float(53)),
    Column("heat_text", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", Integer, nullable=False),
    Index(None, "item_id"),
    sqlite_with_rowid=False,
)

# What is known of a source. `ways` is a JSON object: address → validators, digest, not before.
source_states = Table(
    "source_states",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("last_try", BigInteger),
    Column("last_good", BigInteger),
    Column("good_rows", Integer, nullable=False),
    Column("usual_rows", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("error", String(60), nullable=False),
    Column("params", Text, nullable=False),
    Column("next_try", BigInteger),
    Column("way", Integer, nullable=False),
    Column("ways", Text, nullable=False),
    Column("claimed_until", BigInteger),
    Column("claimed_by", Text),
)

# The topic that a title belonged to last, so that ids stay over a restart. `key` is its title_key.
topic_titles = Table(
    "topic_titles",
    metadata,
    Column("key", Text, primary_key=True),
    Column("topic", String(16), nullable=False),
    Column("kept_at", BigInteger, nullable=False),
    Index(None, "kept_at"),
)

# What the user joined and split: pairs of titles by their keys, `one` before `two`.
topic_choices = Table(
    "topic_choices",
    metadata,
    Column("one", Text, primary_key=True),
    Column("two", Text, primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("chosen_at", BigInteger, nullable=False),
)

# When a page was looked at: `latest` is the newest look, `previous` the end of the visit before.
visits = Table(
    "visits",
    metadata,
    Column("page", String(40), primary_key=True),
    Column("latest", BigInteger, nullable=False),
    Column("previous", BigInteger),
)
