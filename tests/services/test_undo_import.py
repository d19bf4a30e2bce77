"""An import is taken back whole, or not at all."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from chain_office.db.models import Contact, Enterprise
from chain_office.db.settings import read_settings
from chain_office.domain.errors import KnownError
from chain_office.paths import resource
from chain_office.services.checks import check_ledger
from chain_office.services.figures import flat, headline
from chain_office.services.importing.service import apply_import, plan_import, undo_import
from chain_office.services.ledgers import open_existing, open_or_make

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chain_office.db.ledger import Ledger

DAYS = sorted(json.loads(resource("sample", "expected.json").read_text("utf-8")))
FIRMS = ("企业名称", "统一社会信用代码", "职工人数", "县市区", "入规时间")


def book(path: Path, heading: Sequence[str], *rows: Sequence[object]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        for at, row in enumerate((heading, *rows)):
            sheet.write_row(at, 0, row)
    return path


def figures(ledger: Ledger) -> dict[str, Any]:
    return {day: flat(headline(ledger, date.fromisoformat(day))) for day in DAYS}


def live(ledger: Ledger) -> dict[str, list[Any]]:
    """Every live record without its version, which counts the undoing as well."""
    found = {}
    for table in ("enterprise", "contact", "register_spell", "problem", "problem_event", "problem_span", "drawdown"):
        columns = [row[1] for row in ledger.rows(f"PRAGMA table_info({table})")]
        wanted = ", ".join(
            one for one in columns if one not in {"version"} | ({"id"} if table == "problem_span" else set())
        )
        found[table] = sorted(ledger.rows(f"SELECT {wanted} FROM {table} WHERE deleted_at IS NULL"), key=str)
    return found


def take_in(ledger: Ledger, path: Path) -> int:
    number = apply_import(ledger, plan_import(ledger, [path]))
    assert number is not None
    return number


def failed_checks(ledger: Ledger) -> list[str]:
    return [one.name for one in check_ledger(ledger) if not one.passed]


def test_undoing_the_sample_leaves_an_empty_office_and_no_check_fails(office: Path) -> None:
    with open_existing(office) as ledger:
        settings = read_settings(ledger)
        books, counts = undo_import(ledger)
        assert "01_规上企业名册.xlsx" in books
        assert counts["restored"] == 0
        assert all(not rows for rows in live(ledger).values())
        assert read_settings(ledger) == settings
        assert flat(headline(ledger, date(2021, 11, 19)))["enterprises.total"] == 0
        assert failed_checks(ledger) == []
        with pytest.raises(KnownError, match="没有可撤销的导入"):
            undo_import(ledger)


def test_undone_then_imported_again_gives_the_same_figures(office: Path) -> None:
    with open_existing(office) as ledger:
        before = figures(ledger)
        undo_import(ledger)
        books = sorted(resource("sample").glob("*.xlsx"))
        apply_import(ledger, plan_import(ledger, books))
        assert figures(ledger) == before
        assert failed_checks(ledger) == []


def test_undoing_an_update_restores_figures_and_every_field(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        name = ledger.value("SELECT name FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
        before, kept = figures(ledger), live(ledger)
        update = book(
            tmp_path / "更新.xlsx",
            FIRMS,
            (name, None, 777, None, None),
            ("全新样板有限公司", None, 12, None, "2020-01"),
        )
        number = take_in(ledger, update)
        assert figures(ledger) != before
        assert undo_import(ledger, number) == ("更新.xlsx", {"binned": 2, "restored": 1})
        assert figures(ledger) == before
        assert live(ledger) == kept
        assert failed_checks(ledger) == []
        with pytest.raises(KnownError, match="已经撤销过"):
            undo_import(ledger, number)


def test_undoing_is_a_write_of_its_own_that_history_shows(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        name = ledger.value("SELECT name FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1")
        was = ledger.value("SELECT employees FROM enterprise WHERE name = ?", (name,))
        take_in(ledger, book(tmp_path / "更新.xlsx", FIRMS, (name, None, 777, None, None)))
        undo_import(ledger)
        lines = ledger.rows(
            "SELECT w.actor, h.before, h.after FROM history h JOIN write_log w ON w.no = h.write_no "
            "WHERE h.field = 'employees' ORDER BY h.no DESC LIMIT 2"
        )
    old = None if was is None else str(was)
    assert lines == [("撤销导入", "777", old), ("导入", old, "777")]


def test_undoing_is_refused_when_a_person_worked_on_it_since(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        take_in(ledger, book(tmp_path / "新.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01")))
        row_id = ledger.value("SELECT id FROM enterprise WHERE name = '全新样板有限公司'")
        with ledger.write("张三", "改地址") as writer:
            writer.update(Enterprise, row_id, {"address": "示例路 1 号"})
        kept = live(ledger)
        with pytest.raises(KnownError, match="修改 1 处"):
            undo_import(ledger)
        assert live(ledger) == kept


def test_undoing_is_refused_when_something_hangs_on_it_since(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        take_in(ledger, book(tmp_path / "新.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01")))
        row_id = ledger.value("SELECT id FROM enterprise WHERE name = '全新样板有限公司'")
        with ledger.write("张三", "登记联系人") as writer:
            contact = writer.insert(Contact, {"enterprise_id": row_id, "name": "李四"})
        with pytest.raises(KnownError, match="被 1 条其他记录引用"):
            undo_import(ledger)
        with ledger.write("张三", "删联系人") as writer:
            writer.bin(Contact, contact)
        undo_import(ledger)


def test_undoing_is_refused_when_another_program_changed_it(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        take_in(ledger, book(tmp_path / "新.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01")))
        ledger.database.execute_sql("UPDATE enterprise SET address = 'x' WHERE name = '全新样板有限公司'")
        with pytest.raises(KnownError, match="修改 1 处"):
            undo_import(ledger)


def test_imports_are_undone_one_after_the_other(tmp_path: Path) -> None:
    """The second changes what the first brought; taken back, it stands in nobody's way."""
    with open_or_make(tmp_path / "新.ledger") as ledger:
        empty = live(ledger)
        first = take_in(ledger, book(tmp_path / "一.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01")))
        between = live(ledger)
        second = take_in(ledger, book(tmp_path / "二.xlsx", FIRMS, ("全新样板有限公司", None, 13, None, "2020-01")))
        with pytest.raises(KnownError, match="请先撤销后来的修改"):
            undo_import(ledger, first)
        undo_import(ledger, second)
        assert live(ledger) == between
        undo_import(ledger, first)
        assert live(ledger) == empty
        assert failed_checks(ledger) == []


def test_an_import_that_points_an_old_record_at_its_own_new_one_can_be_undone(tmp_path: Path) -> None:
    """The enterprise is older; its park comes with the import and is no reason to keep it."""
    heading = (*FIRMS, "所属园区")
    with open_or_make(tmp_path / "新.ledger") as ledger:
        take_in(ledger, book(tmp_path / "一.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01")))
        kept = live(ledger)
        update = book(tmp_path / "二.xlsx", heading, ("全新样板有限公司", None, 12, None, "2020-01", "样板新区产业园"))
        number = take_in(ledger, update)
        made = ledger.value("SELECT count(*) FROM history WHERE write_no = ? AND table_name = 'park'", (number,))
        undo_import(ledger, number)
        assert live(ledger) == kept
        assert made == 1


def test_an_unknown_import_is_said_with_the_known_ones(office: Path) -> None:
    with open_existing(office) as ledger, pytest.raises(KnownError, match="没有编号为 999 的导入"):
        undo_import(ledger, 999)


def test_a_plan_made_before_somebody_elses_change_is_not_applied(office: Path, tmp_path: Path) -> None:
    with open_existing(office) as ledger:
        plan = plan_import(ledger, [book(tmp_path / "新.xlsx", FIRMS, ("全新样板有限公司", None, 12, None, "2020-01"))])
        row_id = ledger.value("SELECT id FROM enterprise WHERE deleted_at IS NULL LIMIT 1")
        with ledger.write("张三", "改地址") as writer:
            writer.update(Enterprise, row_id, {"address": "示例路 1 号"})
        kept = live(ledger)
        with pytest.raises(KnownError, match="重新导入"):
            apply_import(ledger, plan)
        assert live(ledger) == kept
