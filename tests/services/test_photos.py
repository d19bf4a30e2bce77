"""Photographs: small, upright, without what the camera wrote; what is no picture is refused in words."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from chain_office.domain.errors import KnownError
from chain_office.queries.visiting.pictures import visit_pictures
from chain_office.services import attaching, photos
from chain_office.services.ledgers import open_ledger

if TYPE_CHECKING:
    from pathlib import Path


def camera(size: tuple[int, int] = (2400, 1200), turned: int = 6) -> bytes:
    """What a camera held upright saves: lying on its side, red at the left, with a place and a maker."""
    picture = Image.new("RGB", size, "blue")
    picture.paste((255, 0, 0), (0, 0, size[0] // 4, size[1]))
    notes = picture.getexif()
    notes[0x0112], notes[0x010F] = turned, "某牌相机"
    notes.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    picture.save(out, "JPEG", exif=notes)
    return out.getvalue()


def test_a_photograph_is_turned_shrunk_and_stripped() -> None:
    with Image.open(BytesIO(photos.shrink(camera(), "a.jpg"))) as small:
        assert (small.format, small.size) == ("JPEG", (800, 1600))
        assert not dict(small.getexif())
        assert "exif" not in small.info
        red, _, blue = small.getpixel((400, 40))  # type: ignore[misc]
        assert red > 200 > 60 > blue  # the left edge is now above


def test_what_was_transparent_is_white_and_small_pictures_stay_small() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(photos.shrink(out.getvalue(), "屏幕.png"))) as small:
        assert small.size == (300, 200)
        assert small.getpixel((10, 10)) == (255, 255, 255)


def bomb(across: int, down: int) -> bytes:
    """The head of a PNG that says it unpacks to so many dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(60_000, 60_000), "太大"), (camera()[:3000], "已损坏"), (b"", "不是能打开的图片"),
        (b"MZ\x90" * 500, "不是能打开的图片"),
        (bomb(100, 100), "已损坏"), (b"\xff\xd8\xff\xe0" + b"\0" * 50, "不是能打开的图片"),
    ],
)  # fmt: skip
def test_what_is_no_sound_picture_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words) as refused:
        photos.shrink(data, "现场.jpg")
    assert "“现场.jpg”" in refused.value.message


def test_the_original_is_kept_only_where_it_is_asked_for(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "现场 1.JPG"
    path.write_bytes(camera())
    alone = photos.prepare(str(path), False)
    both = photos.prepare(str(path), True)
    assert [one.name for one in alone] == ["现场 1.jpg"]
    assert [one.name for one in both] == ["现场 1.jpg", "现场 1（原图）.JPG"]
    assert both[1].data == path.read_bytes()
    with open_ledger(office) as ledger:
        visit = str(ledger.value("SELECT id FROM visit ORDER BY number LIMIT 1"))
        saved = attaching.attach_ready(ledger, "visit", visit, both, "张三")
        assert "缩小到" in saved.said
        assert [name for _, name in visit_pictures(ledger, visit)] == ["现场 1.jpg"]  # prints leave the original out
    with pytest.raises(KnownError, match="读不了"):
        photos.prepare(str(tmp_path / "没有.jpg"), False)


HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 400


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("IMG_1.HEIC", HEIC, "HEIC 照片，缩小不了"),
        ("微信图片.jpg", HEIC, "HEIC 照片，缩小不了"),
        ("DSC_1.NEF", b"MM\0*" + b"\0" * 400, "相机 RAW 原片，缩小不了"),
    ],
)
def test_what_cannot_be_made_smaller_is_kept_as_it_came_and_says_so(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (kept,) = photos.prepare(str(path), True)
    assert (kept.name, kept.data) == (name, data)
    assert words in kept.note


def test_a_jpeg_called_heic_is_a_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "IMG_2.heic"
    path.write_bytes(camera())
    (kept,) = photos.prepare(str(path), False)
    assert kept.name == "IMG_2.jpg"
    assert len(kept.data) < path.stat().st_size


def test_a_scan_of_several_pages_keeps_them_all(tmp_path: Path) -> None:
    path = tmp_path / "合同.tif"
    pages = [Image.new("1", (2480, 3508), number % 2) for number in range(3)]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    (kept,) = photos.prepare(str(path), False)
    assert kept.data == path.read_bytes()
    assert "有 3 页" in kept.note


def test_a_picture_that_would_not_get_smaller_stays_sharp_unless_it_says_where_it_was_taken(tmp_path: Path) -> None:
    screen, photo = tmp_path / "屏幕.png", tmp_path / "小照片.jpg"
    Image.new("RGB", (1200, 800), "white").save(screen, "PNG")
    (kept,) = photos.prepare(str(screen), False)
    assert (kept.name, kept.data) == ("屏幕.png", screen.read_bytes())
    photo.write_bytes(camera((300, 200)))
    (stripped,) = photos.prepare(str(photo), False)
    with Image.open(BytesIO(stripped.data)) as small:
        assert not dict(small.getexif())
