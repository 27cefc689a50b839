"""The measures of a cover picture: width and height, and how many bytes it is."""

from pathlib import Path

from copyassist.errors import InputError
from copyassist.types import Cover


def read_cover(path: Path) -> Cover:
    """The measures of a picture file. Raises InputError cover_unreadable."""
    from PIL import Image, UnidentifiedImageError  # only where a cover is named

    try:
        with Image.open(path) as picture:
            width, height = picture.size
        return Cover(width=width, height=height, size=path.stat().st_size)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        raise InputError("cover_unreadable", name=str(path), reason=str(error)) from error
