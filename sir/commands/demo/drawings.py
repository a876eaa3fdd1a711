"""The drawings of two startups in the demo, made with a few strokes while it is seeded."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from sir.kernel.pictures import redrawn
from sir.ports.press.setting import FONTS

INK, PAPER, GREEN, STONE, SIGN = "#16201f", "#ffffff", "#2e8b57", "#d9dcd8", "#f2b632"
LETTER = FONTS / "PublicSans_700Bold.ttf"

Pen = ImageDraw.ImageDraw


class Drawing(NamedTuple):
    """One picture page: how it is drawn, its words for who cannot see it, and its caption."""

    strokes: Callable[[Pen], None]
    alt: str
    caption: str


def _write(pen: Pen, place: tuple[int, int], text: str, size: int, fill: str = INK) -> None:
    pen.text(place, text, fill=fill, font=ImageFont.truetype(LETTER, size), anchor="mm")


def _dot(pen: Pen) -> None:
    """A pavement seen from above, with the green dot that points at the next container."""
    for row in range(5):
        for column in range(9):
            left, top = 100 * column - 50 * (row % 2), 100 * row
            pen.rectangle((left + 4, top + 4, left + 96, top + 96), fill=STONE)
    pen.ellipse((230, 90, 570, 430), fill=GREEN)
    pen.line((300, 230, 470, 230), fill=PAPER, width=28)
    pen.polygon(((450, 170), (530, 230), (450, 290)), fill=PAPER)
    _write(pen, (400, 350), "80 stappen", 46, PAPER)
    pen.rounded_rectangle((640, 150, 780, 400), 18, fill=INK)
    pen.rectangle((665, 180, 755, 215), fill=SIGN)
    _write(pen, (710, 300), "vol", 44, PAPER)


def _shared_plug(pen: Pen) -> None:
    """Three firms on one connection: who uses less lends to who needs more."""
    _write(pen, (400, 45), "Eén aansluiting: 900 kW", 40)
    pen.line((60, 150, 740, 150), fill=INK, width=10)
    pen.line((400, 80, 400, 150), fill=INK, width=10)
    firms = (("Bakkerij", 0.4, 140), ("Drukkerij", 0.9, 400), ("Koelhuis", 0.6, 660))
    for name, used, middle in firms:
        pen.line((middle, 150, middle, 200), fill=INK, width=6)
        pen.rectangle((middle - 80, 200, middle + 80, 400), outline=INK, width=4, fill=PAPER)
        pen.rectangle((middle - 76, round(398 - 196 * used), middle + 76, 396), fill=GREEN)
        _write(pen, (middle, 440), name, 34)
    pen.line((230, 300, 300, 300), fill=SIGN, width=14)
    pen.polygon(((290, 275), (315, 300), (290, 325)), fill=SIGN)
    pen.line((570, 300, 500, 300), fill=SIGN, width=14)
    pen.polygon(((510, 275), (485, 300), (510, 325)), fill=SIGN)


DRAWINGS = {
    ("waste", "zak"): Drawing(
        _dot,
        "Een stoep van boven gezien. Links een groene stip met een witte pijl naar rechts en de "
        "woorden “80 stappen”. Rechts een container met een oranje scherm waarop “vol” staat.",
        "De stip op de stoep: groen wijst naar een container met plek.",
    ),
    ("power", "buur"): Drawing(
        _shared_plug,
        "Schema van één aansluiting van 900 kW met drie bedrijven. De drukkerij gebruikt 90 procent; "
        "pijlen laten zien dat de bakkerij (40 procent) en het koelhuis (60 procent) ruimte lenen.",
        "Een dinsdagmorgen: twee buren lenen hun ruimte aan de drukkerij.",
    ),
}


def drawn(drawing: Drawing) -> bytes:
    """Draw it, and clean it as an upload is."""
    sheet = Image.new("RGB", (800, 500), PAPER)
    drawing.strokes(ImageDraw.Draw(sheet))
    file = io.BytesIO()
    sheet.save(file, "PNG", compress_level=1)
    return redrawn(file.getvalue())
