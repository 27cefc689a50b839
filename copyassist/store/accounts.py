"""Accounts: the writer's own and those they follow."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from copyassist.errors import UsageError
from copyassist.store.records import NewAccount
from copyassist.store.schema import accounts
from copyassist.text.parse import repair
from copyassist.types import Account, Relation

NAME_LIMIT = 200


def load_accounts(connection: Connection) -> list[Account]:
    """All accounts: own before followed, the demo last, each group in the order it was added."""
    query = select(accounts).order_by(
        accounts.c.is_demo, accounts.c.relation != "own", accounts.c.id
    )
    return [
        Account(id=row.id, name=row.name, relation=row.relation, is_demo=row.is_demo)
        for row in connection.execute(query)
    ]


def insert_account(connection: Connection, name: str, relation: Relation, is_demo: bool) -> Account:
    """Adds an account. Raises UsageError account_exists, account_name_empty or …_too_long."""
    name = clean_name(name)
    statement = insert(accounts).values(name=name, relation=relation, is_demo=is_demo)
    try:
        account_id = connection.scalars(statement.returning(accounts.c.id)).one()
    except IntegrityError as error:
        raise UsageError("account_exists", name=name) from error
    return Account(id=account_id, name=name, relation=relation, is_demo=is_demo)


def update_name(connection: Connection, account_id: int, name: str) -> None:
    """Renames an account. Raises UsageError account_exists, unknown_account, …_name_empty."""
    name = clean_name(name)
    try:
        result = connection.execute(
            update(accounts).where(accounts.c.id == account_id).values(name=name)
        )
    except IntegrityError as error:
        raise UsageError("account_exists", name=name) from error
    _must_exist(connection, result.rowcount, account_id)


def remove_account(connection: Connection, account_id: int) -> None:
    """Deletes an account with its posts, figures and imports. Raises UsageError unknown_account."""
    result = connection.execute(delete(accounts).where(accounts.c.id == account_id))
    _must_exist(connection, result.rowcount, account_id)


def require_account(connection: Connection, account_id: int) -> str:
    """The account's name. Raises UsageError unknown_account."""
    name: str | None = connection.scalar(select(accounts.c.name).where(accounts.c.id == account_id))
    _must_exist(connection, 0 if name is None else 1, account_id)
    return name or ""


def find_or_insert(connection: Connection, account: int | NewAccount) -> int:
    """The id of an account that must be there, or of a new one. Raises UsageError."""
    if isinstance(account, int):
        require_account(connection, account)
        return account
    if account.is_demo:
        connection.execute(delete(accounts).where(accounts.c.is_demo))
    return insert_account(connection, account.name, account.relation, account.is_demo).id


def unknown(name: object, known: Sequence[Account]) -> UsageError:
    """The error that names the accounts there are."""
    return UsageError(
        "unknown_account", name=name, known="、".join(account.name for account in known) or "—"
    )


def _must_exist(connection: Connection, found: int, account_id: int) -> None:
    if found == 0:
        raise unknown(account_id, load_accounts(connection))


def clean_name(name: str) -> str:
    """The name as it is kept. Raises UsageError account_name_empty or …_too_long."""
    name = " ".join(repair(name)[0].split())
    if not name:
        raise UsageError("account_name_empty")
    if len(name) > NAME_LIMIT:
        raise UsageError("account_name_too_long", limit=NAME_LIMIT)
    return name
