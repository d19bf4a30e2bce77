"""Photographs made fit to be kept: turned the right way up, at most 1600 dots a side, without the place and the camera they
were taken with. Runs in the workshop: Pillow is not loaded into the window, and a hostile file ends a child at worst."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chain_office import files
from chain_office.domain.errors import KnownError
from chain_office.queries.visiting.pictures import ORIGINAL
from chain_office.services.attaching import Ready

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
"""Ends of names of files that are taken for pictures. HEIC and RAW are hung on as they are."""
LONGEST: Final = 1600
"""Dots of the longer side of what is kept."""
QUALITY: Final = 85
MOST_DOTS: Final = 120_000_000
"""More dots than any camera makes: a file that would unpack to more is refused before it is unpacked."""
LARGEST: Final = 80 * 1024 * 1024
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def is_picture(path: Path) -> bool:
    """Whether a file is to be made smaller, by its name."""
    return path.suffix.lower() in SUFFIXES


def prepare(path: str, keep_original: bool) -> tuple[Ready, ...]:
    """A picture's file made smaller, and as it came where the original is to be kept too. Raises :class:`KnownError`."""
    place = Path(path)
    try:
        size = place.stat().st_size
        if size > LARGEST:
            raise KnownError(
                f"“{place.name}”有 {size // 1048576} MB，照片最大 {LARGEST // 1048576} MB；请压缩后再放入。"
            )
        data = place.read_bytes()
    except OSError as error:
        raise KnownError(f"读不了“{place.name}”（{files.reason(error)}）；请关闭正在使用它的程序后再试。") from error
    small = shrink(data, place.name)
    note = f"{_size(len(data))} 缩小到 {_size(len(small))}"
    kept = (Ready(f"{place.stem}.jpg", small, note),)
    return (*kept, Ready(f"{place.stem}{ORIGINAL}{place.suffix}", data, "原图")) if keep_original else kept


def shrink(data: bytes, name: str) -> bytes:
    """A picture as a JPEG of at most 1600 dots a side, turned as its camera says, without anything else the file carried.
    Raises :class:`KnownError` for one that is damaged, no picture, or too large to unpack."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the pixels we judge ourselves
            with Image.open(BytesIO(data), formats=_FORMATS) as found:
                across, down = found.size
                if across * down > MOST_DOTS:
                    raise KnownError(_too_large(name, f"有 {across}×{down} 个点，"))
                found.draft("RGB", (LONGEST * 2, LONGEST * 2))
                turned = ImageOps.exif_transpose(found)
                plain = _on_white(turned)
                plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
                out = BytesIO()
                plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    except KnownError:
        raise
    except Image.DecompressionBombError as error:
        raise KnownError(_too_large(name, "")) from error
    except UnidentifiedImageError as error:
        raise KnownError(f"“{name}”不是能打开的图片，没有放入；请用看图软件打开后另存为 JPG 再试。") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError) as error:
        raise KnownError(f"“{name}”已损坏，读不完整，没有放入；请重新拷贝或另存后再试。") from error
    return out.getvalue()


def _too_large(name: str, size: str) -> str:
    return f"“{name}”展开后{size}太大，没有放入；请另存成小一些的图片（最多约 1.2 亿个点）。"


def _on_white(picture: Image) -> Image:
    """In plain colours, what was transparent white; nothing of the file's own notes goes along."""
    from PIL import Image

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(layered, mask=layered.getchannel("A"))
        return plain
    plain = picture.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _size(number: int) -> str:
    return f"{number / 1048576:.1f} MB" if number >= 1048576 else f"{max(1, number // 1024)} KB"
