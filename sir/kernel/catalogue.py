"""Join every room's catalogue into the one that gettext reads. Run after a .po changes."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "translations"


def joined(lang: str) -> Catalog:
    """Read the catalogues of all rooms; two rooms that share a sentence must agree on it.

    Raises ValueError naming the sentence when they do not.
    """
    whole = Catalog(locale=lang)
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang, abort_invalid=True):
                if not message.id:
                    continue
                known = whole.get(message.id, message.context)
                if known is not None and known.string != message.string:
                    msg = f"{path.name} translates {message.id!r} differently from another room."
                    raise ValueError(msg)
                whole[message.id] = message
    return whole


def compile_all() -> None:
    """Write messages.mo for every language that has catalogues."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        target = folder / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, joined(folder.name))
        fresh.replace(target)  # whoever reads meanwhile sees the old one or the new one, whole


if __name__ == "__main__":
    compile_all()
