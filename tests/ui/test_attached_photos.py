"""Photographs hung on records of any desk, from where the files are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from chain_office.ui.kit.attached import keep_originals
from chain_office.ui.pages.projects import Projects
from chain_office.ui.pages.settings_parts.looks_part import LooksPart
from tests.ui.desks import made

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chain_office.ui.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LONG = 30_000


@pytest.fixture
def desk(office: Office, qtbot: QtBot) -> Any:
    """项目 with a record shown, as any desk that is not 走访."""
    page = made(Projects, office, qtbot)
    qtbot.waitUntil(lambda: page.detail.record is not None, timeout=LONG)
    return page


def hung(desk: Any, qtbot: QtBot) -> list[tuple[str, int]]:
    found: list[Any] = []
    row_id = desk.detail.record.reference.partition(":")[2]
    sql = (
        "SELECT a.name, b.size FROM attachment a JOIN blob b ON b.sha256 = a.sha256 "
        "WHERE a.row_id = ? AND a.deleted_at IS NULL ORDER BY a.name"
    )
    desk.office.work.ask(lambda ledger: ledger.rows(sql, (row_id,)), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    return [(name, size) for name, size in found[0]]


def test_a_photograph_is_made_smaller_on_every_desk_and_a_damaged_one_stops_no_other(
    desk: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    photo, phone, broken = tmp_path / "工地.jpg", tmp_path / "IMG_1.HEIC", tmp_path / "坏.jpg"
    Image.effect_noise((3200, 1800), 60).convert("RGB").save(photo, quality=95)
    phone.write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 400)
    broken.write_bytes(photo.read_bytes()[:5000])
    with (
        qtbot.waitSignal(desk.office.wrote, timeout=LONG) as told,
        qtbot.waitSignal(desk.office.work.refused, timeout=LONG) as said,
    ):
        desk.editing.attached.add([photo, phone, broken])
    assert "“坏.jpg”" in said.args[0]
    assert "其余的已放入" in said.args[0]
    assert "HEIC 照片，缩小不了" in told.args[0].said
    names = dict(hung(desk, qtbot))
    assert set(names) == {"工地.jpg", "IMG_1.HEIC"}
    assert names["工地.jpg"] < photo.stat().st_size / 2
    desk.follow_again()
    qtbot.waitUntil(lambda: "另存为 JPG" in desk.detail.toPlainText(), timeout=LONG)


def test_the_original_is_kept_beside_it_on_request(desk: Any, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    looks = LooksPart(office)
    qtbot.addWidget(looks)
    looks.refresh()
    assert not looks.originals.isChecked()
    looks.originals.click()
    try:
        photo = tmp_path / "工地.jpg"
        Image.effect_noise((3200, 1800), 60).convert("RGB").save(photo, quality=95)
        with qtbot.waitSignal(office.wrote, timeout=LONG):
            desk.editing.attached.add([photo])
        assert [name for name, _ in hung(desk, qtbot)] == ["工地.jpg", "工地（原图）.jpg"]
    finally:
        keep_originals(False)
