"""Picture files as people send them, with a word hidden where cameras write."""

import io

from PIL import Image, ImageDraw, PngImagePlugin

SPOKEN = "KANARIEPIET-in-de-foto"  # must never come out again
NORTH = 1  # GPSLatitudeRef
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def drawing(width=120, height=80, mode="RGB"):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(picture).rectangle((width // 2, 0, width, height), fill="blue")
    return picture.convert(mode)


def jpeg(picture=None, orientation=1):
    """A photograph: with a place, a comment, a description and a profile."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = orientation, SPOKEN
    exif.get_ifd(GPS)[NORTH] = SPOKEN
    return written(
        picture or drawing(),
        "JPEG",
        exif=exif,
        comment=SPOKEN.encode(),
        icc_profile=SPOKEN.encode(),
    )


def png(picture=None):
    """A drawing, with words in its text chunks."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SPOKEN)
    words.add_itxt("Comment", SPOKEN)
    return written(picture or drawing(), "PNG", pnginfo=words)


def webp(picture=None):
    return written(picture or drawing(), "WEBP", xmp=SPOKEN.encode())


def written(picture, kind, **words):
    file = io.BytesIO()
    picture.save(file, kind, **words)
    return file.getvalue()


def seen(content):
    """Open what came out."""
    return Image.open(io.BytesIO(content))
