"""Looking for words in a text on a page, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from markupsafe import Markup, escape

_TAG = re.compile(r"(<[^>]*>)")


class Search:
    """Marks each place of what somebody looks for, and counts them while a page is made."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.found = 0
        self._pattern = re.compile(re.escape(wanted), re.IGNORECASE) if wanted else None

    def mark(self, html: Markup | str) -> Markup:
        """Mark the places in markup or text; each gets an id to jump to, from found-1 on."""
        safe = str(html) if isinstance(html, Markup) else str(escape(html))
        if self._pattern is None:
            return Markup(safe)  # noqa: S704 - escaped above, or markup already
        parts = _TAG.split(safe)
        marked = [part if place % 2 else self._marked(part) for place, part in enumerate(parts)]
        return Markup("".join(marked))  # noqa: S704 - the tags were there, the rest is escaped

    def rows(self, rows: Iterable[Iterable[str]]) -> list[list[Markup]]:
        """Mark the places in each cell of a table."""
        return [[self.mark(cell) for cell in row] for row in rows]

    def _marked(self, part: str) -> str:
        assert self._pattern is not None
        text, done, last = unescape(part), [], 0
        for place in self._pattern.finditer(text):
            self.found += 1
            word = f'<mark id="found-{self.found}">{escape(place[0])}</mark>'
            done += [str(escape(text[last : place.start()])), word]
            last = place.end()
        return "".join([*done, str(escape(text[last:]))])
