"""What a picture loses, and what is no picture."""

import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image

from sir.kernel import pictures
from sir.kernel.pictures import KEPT, MOST_BYTES, PAPER, Unusable, redrawn, size_of
from tests.pictures import SPOKEN, drawing, jpeg, png, seen, webp, written


def is_red(pixel):
    return pixel[0] > 200 and pixel[2] < 60


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_picture_comes_out_as_a_jpeg_that_says_nothing_of_its_maker(make):
    sent = make()
    assert SPOKEN.encode() in sent

    drawn = redrawn(sent)

    out = seen(drawn)
    assert (out.format, out.size, out.mode) == ("JPEG", (120, 80), "RGB")
    assert SPOKEN.encode() not in drawn
    assert dict(out.getexif()) == {}
    assert set(out.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert is_red(out.getpixel((5, 40)))
    assert not is_red(out.getpixel((115, 40)))


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (120, 80), (5, 40)),
        (3, (120, 80), (115, 40)),
        (6, (80, 120), (40, 5)),
        (8, (80, 120), (40, 115)),
    ],
)
def test_a_photograph_is_turned_upright_before_its_note_of_that_is_dropped(
    orientation, size, red_at
):
    out = seen(redrawn(jpeg(orientation=orientation)))

    assert out.size == size
    assert is_red(out.getpixel(red_at))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3200, 4800), PAPER),
        ((4800, 3200), (1600, 1067)),
        ((1000, 4800), (500, 2400)),
        ((10, 10), (10, 10)),
    ],
)
def test_a_picture_is_brought_down_to_what_a_page_shows_and_never_blown_up(size, expected):
    assert size_of(redrawn(written(Image.new("RGB", size), "PNG"))) == expected


def test_what_is_see_through_becomes_white():
    picture = Image.new("RGBA", (20, 20), (255, 0, 0, 0))

    assert seen(redrawn(written(picture, "PNG"))).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16"])
def test_every_way_of_keeping_colours_can_be_drawn(mode):
    picture = Image.new("I;16", (8, 8), 32768) if mode == "I;16" else drawing(8, 8).convert(mode)
    content = written(picture, "PNG") if mode != "PA" else written(picture.convert("P"), "PNG")

    out = seen(redrawn(content))

    assert out.size == (8, 8)
    if mode == "I;16":
        assert out.getpixel((4, 4)) == (128, 128, 128)


def test_a_picture_full_of_noise_is_kept_small():
    noise = Image.effect_noise((1200, 1800), 90)
    colour = Image.merge("RGB", (noise, noise.rotate(180), noise.copy()))

    assert len(redrawn(written(colour, "JPEG", quality=90))) < KEPT * 2


def test_the_same_picture_gives_the_same_bytes():
    assert redrawn(png()) == redrawn(png())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hallo",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7 geen plaatje",
        written(drawing(), "GIF"),
        written(drawing(), "BMP"),
        written(drawing(), "TIFF"),
        b"RIFF\x00\x00\x00\x00WAVE",
    ],
    ids=["nothing", "text", "svg", "pdf", "gif", "bmp", "tiff", "wave"],
)
def test_what_is_no_jpeg_png_or_webp_is_told_so(content):
    with pytest.raises(Unusable, match="JPEG, PNG"):
        redrawn(content)


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_a_file_that_stops_half_way_is_told_so(make):
    sent = make()

    with pytest.raises(Unusable, match="damaged"):
        redrawn(sent[: len(sent) // 2])


def test_a_beginning_that_only_looks_like_a_picture_is_told_so():
    with pytest.raises(Unusable, match="damaged"):
        redrawn(b"\xff\xd8\xff" + b"geen foto" * 100)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(width, height):
    """A few kilobytes that claim to be a picture of this size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(9999)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(5001, 5000), (60_000, 2_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_unfolds(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was unfolded"))

    with pytest.raises(Unusable):
        redrawn(bomb(*size))


def test_the_most_pixels_are_just_allowed(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 120 * 80)
    assert redrawn(png())

    monkeypatch.setattr(pictures, "MOST_PIXELS", 120 * 80 - 1)
    with pytest.raises(Unusable, match="25 million"):
        redrawn(png())


def test_a_file_of_more_than_five_megabytes_is_not_even_looked_at():
    with pytest.raises(Unusable, match="5 MB"):
        redrawn(png() + bytes(MOST_BYTES))


def test_no_broken_file_is_more_than_a_sentence():
    dice = random.Random(20261124)  # noqa: S311 - the same files each time
    for sent in (jpeg(), png(), webp()):
        for _turn in range(150):
            broken = bytearray(sent)
            for _place in range(dice.choice((1, 4, 12))):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            with suppress(Unusable):  # any other error would fail here
                assert seen(redrawn(bytes(broken))).format == "JPEG"
