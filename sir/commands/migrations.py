"""Alembic, for whoever migrates a house. A server never loads it: it is a sixth of its memory."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

from sir.config import ROOT
from sir.kernel.database import db


def prepare(app: Flask) -> None:
    """Let `flask db` find the migrations of this house."""
    Migrate(app, db, directory=str(ROOT / "migrations"))
