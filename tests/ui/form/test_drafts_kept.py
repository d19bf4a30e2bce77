"""What was typed and not saved survives: the widget is dropped without a word, and the form opened again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from shiboken6 import delete

from chain_office.services.drafts import Drafts
from chain_office.services.ledgers import open_ledger
from chain_office.ui.office import Office
from chain_office.ui.work import Work
from tests.ui.form.conftest import compose, type_into
from tests.ui.form.opening import ask, editor, go_to, opened, pane_of
from tests.ui.form.test_pane import VISIT, other_write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def kept(folder: Path) -> list[dict[str, str]]:
    return [dict(draft.texts) for draft in Drafts(folder).all()]


def test_a_crash_loses_nothing(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    row_id = ask(office, qtbot, VISIT)
    pane = pane_of(office, qtbot, tmp_path, killed=True)
    opened(pane, qtbot, "visit", row_id)
    go_to(pane, qtbot, "leader")
    type_into(qtbot, pane, "张市长")
    go_to(pane, qtbot, "day")
    editor(pane, "day").write("31")
    firm = ask(office, qtbot, "SELECT id FROM enterprise WHERE name LIKE '%五矿铜业%'")
    editor(pane, "enterprise_id").restore(firm)
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"enterprise_id": firm, "leader": "张市长", "day": "31"}], timeout=5000)
    delete(pane)

    again = pane_of(office, qtbot, tmp_path)
    opened(again, qtbot, "visit", row_id)
    qtbot.waitUntil(again.draft_notice.isVisible)
    assert re.fullmatch(r"有 1月\d日 \d\d:\d\d 没保存完的内容", again.draft_notice.words.text())
    assert editor(again, "leader").text() == ""
    again.draft_notice.buttons[0].click()
    assert editor(again, "leader").text() == "张市长"
    assert editor(again, "day").text() == "31"
    qtbot.waitUntil(lambda: "五矿铜业" in editor(again, "enterprise_id").text())
    assert again.is_dirty
    editor(again, "day").write("2021-10-28")
    with qtbot.waitSignal(again.saved):
        again.save()
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_closing_the_window_keeps_what_was_just_typed(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit")
    editor(pane, "leader").write("张市长")
    pane.close()
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"leader": "张市长"}], timeout=900)


def test_a_draft_that_is_not_wanted_is_gone(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit")
    editor(pane, "leader").write("张市长")
    pane.leave()
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"leader": "张市长"}])
    opened(pane, qtbot, "visit")
    qtbot.waitUntil(pane.draft_notice.isVisible)
    pane.draft_notice.buttons[1].click()
    assert not pane.draft_notice.isVisible()
    qtbot.waitUntil(lambda: kept(tmp_path) == [])


def test_what_is_typed_beside_an_unanswered_draft_overwrites_nothing(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit")
    editor(pane, "leader").write("张市长")
    pane.leave()
    opened(pane, qtbot, "visit")
    qtbot.waitUntil(pane.draft_notice.isVisible)
    editor(pane, "recorder").write("小王")
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"leader": "张市长", "recorder": "小王"}], timeout=5000)
    assert pane.draft_notice.isVisible()


def test_what_was_typed_and_taken_back_leaves_no_draft(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    editor(pane, "leader").write("张市长")
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1, timeout=5000)
    editor(pane, "leader").write("")
    qtbot.waitUntil(lambda: kept(tmp_path) == [], timeout=5000)


def test_parts_of_different_records_have_drafts_of_their_own(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    first = ask(office, qtbot, "SELECT id FROM match WHERE deleted_at IS NULL ORDER BY id LIMIT 1")
    second = ask(office, qtbot, "SELECT id FROM match WHERE deleted_at IS NULL ORDER BY id DESC LIMIT 1")
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "drawdown", match_id=first)
    editor(pane, "drawn_yuan").write("500万")
    pane.leave()
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"drawn_yuan": "500万"}])
    opened(pane, qtbot, "drawdown", match_id=second)
    with qtbot.assertNotEmitted(pane._keeper.found, wait=100):
        pass
    pane.leave()
    opened(pane, qtbot, "drawdown", match_id=first)
    qtbot.waitUntil(pane.draft_notice.isVisible)


def test_a_draft_begun_before_others_saved_clashes_when_it_is_saved(
    office: Office, qtbot: QtBot, tmp_path: Path, sample_ledger: Path
) -> None:
    row_id = ask(office, qtbot, VISIT)
    pane = pane_of(office, qtbot, tmp_path / "drafts")
    opened(pane, qtbot, "visit", row_id)
    editor(pane, "leader").write("张市长")
    pane.leave()
    qtbot.waitUntil(lambda: len(kept(tmp_path / "drafts")) == 1)
    other_write(sample_ledger, "visit", row_id, {"leader": "李市长"})
    opened(pane, qtbot, "visit", row_id)
    qtbot.waitUntil(pane.draft_notice.isVisible)
    assert "又被改过" in pane.draft_notice.words.text()
    pane.draft_notice.buttons[0].click()
    pane.save()
    qtbot.waitUntil(pane.conflict.isVisible)
    assert pane.conflict._choices[0].buttons["theirs"].accessibleName().endswith("李市长")


def test_a_composition_is_no_draft_and_a_draft_waits_for_it(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit")
    go_to(pane, qtbot, "leader")
    type_into(qtbot, pane, "张")
    box = editor(pane, "leader").target
    box.selectAll()  # type: ignore[attr-defined]
    compose(box, "li")
    pane._keeper._write()
    assert pane._keeper._timer.isActive()
    assert kept(tmp_path) == []


def test_a_draft_that_cannot_be_kept_is_said(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be")
    pane = pane_of(office, qtbot, tmp_path / "drafts")
    opened(pane, qtbot, "visit")
    editor(pane, "leader").write("张市长")
    with qtbot.waitSignal(pane.said, timeout=5000) as told:
        pane.hide()
    assert "草稿" in told.args[0]
    assert editor(pane, "leader").text() == "张市长"


def test_a_write_that_fails_keeps_the_form_and_a_draft(
    office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chain_office.domain.errors import KnownError

    def full(*_: object, **__: object) -> None:
        raise KnownError("磁盘满了，没有保存。")

    row_id = ask(office, qtbot, VISIT)
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit", row_id)
    editor(pane, "leader").write("张市长")
    monkeypatch.setattr(pane, "_store", full)
    pane.save()
    qtbot.waitUntil(pane.fault_notice.isVisible)
    assert pane.fault_notice.words.text() == "磁盘满了，没有保存。"
    assert editor(pane, "leader").text() == "张市长"
    qtbot.waitUntil(lambda: kept(tmp_path) == [{"leader": "张市长"}])


def test_each_ledger_has_a_folder_of_its_own(tmp_path: Path) -> None:
    from chain_office.ui.kit.form.drafting import _folder

    assert _folder(tmp_path / "a.ledger") != _folder(tmp_path / "b.ledger")
    assert _folder(tmp_path / "a.ledger").parent == tmp_path / "drafts of forms"


def test_a_ledger_opened_for_reading_only_is_said_and_not_written(
    qtbot: QtBot, tmp_path: Path, sample_ledger: Path
) -> None:
    work = Work()
    office = Office(work)
    with qtbot.waitSignal(office.shown_changed, timeout=10_000):
        work.open(lambda: open_ledger(sample_ledger, read_only=True))
    pane = pane_of(office, qtbot, tmp_path)
    opened(pane, qtbot, "visit", ask(office, qtbot, VISIT))
    editor(pane, "leader").write("张市长")
    assert not pane.save_button.isEnabled()
    with qtbot.assertNotEmitted(pane.saved, wait=50), qtbot.assertNotEmitted(work.crashed):
        pane.save()
    pane.leave()
    work.stop()
