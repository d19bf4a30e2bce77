"""Photographs made fit to be kept: turned the right way up, at most 1600 dots a side, without the place and the camera they
were taken with. Runs in the workshop: Pillow is not loaded into the window, and a hostile file ends a child at worst.

What Pillow cannot read (HEIC of iPhones, RAW of cameras) is kept as it came, and it is said so: a decoder for HEIC would bring
some 10 MB of C++ that reads hostile files for what a phone's own "兼容性最佳" setting, or 另存为 JPG, does as well."""

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
"""Ends of names of files that are taken for pictures."""
_HEIC: Final = frozenset({".heic", ".heif", ".hif", ".heics", ".avci"})
_RAW: Final = frozenset({
    ".dng", ".cr2", ".cr3", ".nef", ".nrw", ".arw", ".srf", ".orf", ".rw2", ".raf", ".pef", ".srw", ".3fr", ".iiq", ".x3f",
})  # fmt: skip
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
LONGEST: Final = 1600
"""Dots of the longer side of what is kept."""
QUALITY: Final = 85
MOST_DOTS: Final = 120_000_000
"""More dots than any camera makes: a file that would unpack to more is refused before it is unpacked."""
LARGEST: Final = 80 * 1024 * 1024
_JPEG: Final = b"\xff\xd8\xff"
_PAGED: Final = frozenset({"TIFF", "GIF", "WEBP", "PNG"})
"""Whose further pages are part of the document; a JPEG's are its previews."""
_WORTH: Final = 0.9
_BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError)
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def is_picture(path: Path) -> bool:
    """Whether a file is a picture to be looked at by :func:`prepare`, by its name."""
    return path.suffix.lower() in SUFFIXES | _HEIC | _RAW


def unshrinkable(name: str, data: bytes = b"") -> str:
    """What a photograph is that cannot be made smaller here ("HEIC 照片"), by its first bytes, else by its name; "" for any
    other file."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIC 照片"
    suffix = Path(name).suffix.lower()
    if suffix in _RAW:
        return "相机 RAW 原片"
    return "HEIC 照片" if suffix in _HEIC and not data.startswith(_JPEG) else ""


def prepare(path: str, keep_original: bool) -> tuple[Ready, ...]:
    """A picture's file made smaller, and as it came where the original is to be kept too. One that cannot be made smaller, or
    would lose pages or sharpness for nothing, is kept as it came; its note says so. Raises :class:`KnownError`."""
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
    what = unshrinkable(place.name, data)
    if what:
        return (Ready(place.name, data, f"{what}，缩小不了，{_size(len(data))} 原样放入"),)
    small = shrink(data, place.name)
    why = _better_as_it_is(data, small, place.name)
    if why:
        return (Ready(place.name, data, f"{why}，原样放入"),)
    note = f"{_size(len(data))} 缩小到 {_size(len(small))}"
    kept = (Ready(f"{place.stem}.jpg", small, note),)
    return (*kept, Ready(f"{place.stem}{ORIGINAL}{place.suffix}", data, "原图")) if keep_original else kept


def _better_as_it_is(data: bytes, small: bytes, name: str) -> str:
    """Why a picture is not to be replaced by its smaller self; "" where it is."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as found:
            pages = int(getattr(found, "n_frames", 1)) if found.format in _PAGED else 1
            told = bool(found.getexif())  # the place, the camera: gone only in the new one
    except _BROKEN as error:
        raise KnownError(_damaged(name)) from error
    if pages > 1:
        return f"有 {pages} 页（帧）"
    return "缩小省不了多少" if not told and len(small) > len(data) * _WORTH else ""


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
    except _BROKEN as error:
        raise KnownError(_damaged(name)) from error
    return out.getvalue()


def _damaged(name: str) -> str:
    return f"“{name}”已损坏，读不完整，没有放入；请重新拷贝或另存后再试。"


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
