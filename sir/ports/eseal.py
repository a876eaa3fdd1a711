"""The electronic seal: puts on a PDF that its house stands for it (eIDAS art. 36)."""

from __future__ import annotations

from typing import Protocol


class ESeal(Protocol):
    """Seals a PDF with the certificate of the house."""

    def stamp(self, pdf: bytes, *, field: str, reason: str) -> bytes:
        """Append a seal under a field's name. What the PDF held before stays as it was."""
