"""The room's own part of the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, make_response
from flask.typing import ResponseReturnValue

from sir.kernel.pictures import CONTENT_TYPE

bp = Blueprint("proposals", __name__)


def port(name: str) -> Any:
    """Give one of the doors to the outside world: vault, press, store or clock."""
    return current_app.extensions[f"sir.{name}"]


def pdf(content: bytes, name: str) -> ResponseReturnValue:
    """Send a paper."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def jpeg(content: bytes) -> ResponseReturnValue:
    """Send a picture."""
    response = make_response(content)
    response.headers["Content-Type"] = CONTENT_TYPE
    return response
