"""How Jinja writes a page: what it always wrote, at half the price.

A page writes a thousand pieces, and most need no escaping: they are markup that a macro made, or
words without a single sign that means something in HTML.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import FunctionType
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from sir.config import ROOT

COMPILED = ROOT / "instance" / "templates"

_speaks_html = re.compile("[&<>\"']").search


def written(value: Any) -> str:
    """Write a value as `escape` does."""
    kind = type(value)
    if kind is Markup or (kind is str and _speaks_html(value) is None):
        return value  # type: ignore[no-any-return]  # a str, as was just seen
    return escape(value)


class Writer(CodeGenerator):
    """Lets each template write its pieces with `written` where it would call `escape`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Write the template's code, and the one line that makes it ours."""
        super().visit_Template(node, frame)
        self.writeline("escape = environment.written")


class PageContext(Context):
    """Calls what a template calls; asks only what is no macro or plain function what it wants."""

    def call(self, thing: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a thing; a macro is told how this page escapes."""
        kind = type(thing)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(thing, "jinja_pass_arg"):
            return super().call(thing, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return thing(*args, **kwargs)


class KeptTemplates(FileSystemBytecodeCache):
    """Keeps each template as it was compiled, for as long as neither it nor this file changes."""

    def __init__(self, folder: Path = COMPILED) -> None:
        writer = sha256(Path(__file__).read_bytes()).hexdigest()[:12]
        super().__init__(str(folder), f"%s-{writer}.template")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was kept; without one it is compiled."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; a house whose folder cannot be written compiles it again next time."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def write_pages_cheaply(app: Flask) -> None:
    """Have Jinja compile and call templates our way; before the first template is read."""
    app.jinja_env.written = written  # type: ignore[attr-defined]
    app.jinja_env.code_generator_class = Writer
    app.jinja_env.context_class = PageContext
    if not sys.dont_write_bytecode:
        app.jinja_env.bytecode_cache = KeptTemplates()


def read_templates(app: Flask) -> None:
    """Read every template now, so that workers that part from this process share what it holds."""
    for name in app.jinja_env.list_templates(extensions=("html", "txt")):
        app.jinja_env.get_template(name)
