"""Many rows by one statement, straight to the driver."""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import Connection, Insert, Update


def execute_rows(
    connection: Connection,
    statement: Insert | Update,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Runs a statement for each row; `names` are its parameters in the order of the row's values.

    SQLAlchemy prepares every row's parameters in Python, which takes longer than the database
    does. Values must be what the driver takes as it is: numbers, texts and None.
    """
    if not rows:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
    if compiled.positional:
        pick = itemgetter(*(names.index(name) for name in compiled.positiontup or ()))
        connection.exec_driver_sql(str(compiled), [pick(row) for row in rows])
    else:
        connection.exec_driver_sql(
            str(compiled), [dict(zip(names, row, strict=True)) for row in rows]
        )
