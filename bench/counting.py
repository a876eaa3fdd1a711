"""Counts the statements a page asks and the rows it fetches, at the driver itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine


@dataclass
class Count:
    """What was asked of the database since the last reset."""

    statements: int = 0
    rows: int = 0


count = Count()


def _counted(rows: Any) -> Any:
    count.rows += len(rows)
    return rows


def _one(row: Any) -> Any:
    count.rows += row is not None
    return row


class _SqliteCursor(sqlite3.Cursor):
    def fetchone(self) -> Any:
        return _one(super().fetchone())

    def fetchmany(self, *size: Any, **by_name: Any) -> Any:
        return _counted(super().fetchmany(*size, **by_name))

    def fetchall(self) -> Any:
        return _counted(super().fetchall())


class SqliteConnection(sqlite3.Connection):
    """A connection whose cursors count."""

    def cursor(self, *_factory: Any) -> Any:
        """Give a cursor that counts."""
        return super().cursor(_SqliteCursor)


class PostgresCursor(psycopg.Cursor[Any]):
    """A cursor that counts."""

    def fetchone(self) -> Any:
        return _one(super().fetchone())

    def fetchmany(self, size: int = 0) -> Any:
        return _counted(super().fetchmany(size))

    def fetchall(self) -> Any:
        return _counted(super().fetchall())


def connect_args(url: str) -> dict[str, Any]:
    """Say how the engine must connect for its rows to be counted."""
    if url.startswith("sqlite"):
        return {"factory": SqliteConnection}
    return {"cursor_factory": PostgresCursor}


@contextmanager
def counting(engine: Engine) -> Iterator[Count]:
    """Count from here on; BEGIN, COMMIT and PRAGMA are the engine's own business."""

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        count.statements += not statement.startswith(("PRAGMA", "BEGIN", "SET TRANSACTION"))

    count.statements = count.rows = 0
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(engine, "before_cursor_execute", note)
