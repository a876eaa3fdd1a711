"""The floor: a bare Flask application that does the least that a page can do."""

import os
import sqlite3

from flask import Flask

PATH = os.environ.get("BENCH_FLOOR_DB", "")
PAGE = """<!doctype html><html lang="nl"><title>Lijst</title><h1>Lijst</h1><ul>
{% for row in rows %}<li><a href="/{{ row[0] }}">{{ row[1] }}</a> {{ row[2] }}</li>{% endfor %}
</ul></html>"""


def connect() -> sqlite3.Connection:
    """Open the floor's database with the durability the house has."""
    connection = sqlite3.connect(PATH, timeout=30)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def prepare(path: str) -> None:
    """Make twenty rows to list and a table to write in."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, note TEXT)")
        connection.execute("CREATE TABLE written (id INTEGER PRIMARY KEY, note TEXT)")
        connection.executemany(
            "INSERT INTO item (name, note) VALUES (?, ?)",
            [(f"Uitdaging {n}", "Wat is het probleem? " * 4) for n in range(20)],
        )


app = Flask("floor")
app.secret_key = "bench"  # noqa: S105 - protects nothing
page = app.jinja_env.from_string(PAGE)


@app.get("/hello")
def hello() -> str:
    """Say one word."""
    return "hello"


@app.get("/list")
def rows() -> str:
    """List twenty rows with Jinja."""
    connection = connect()
    found = connection.execute("SELECT id, name, note FROM item ORDER BY id LIMIT 20").fetchall()
    connection.close()
    return page.render(rows=found)


@app.post("/insert")
def insert() -> str:
    """Write one row durably."""
    connection = connect()
    with connection:
        connection.execute("INSERT INTO written (note) VALUES (?)", ("Motivering " * 20,))
    connection.close()
    return "written"
