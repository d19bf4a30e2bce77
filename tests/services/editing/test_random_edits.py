"""Whatever clerks do in whatever order, what is kept twice agrees, and what was undone stands as it stood before."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chain_office.db.consistency import disagreements, outside_changes
from chain_office.db.ledger import open_ledger
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.queries.editing.rows import MODELS
from chain_office.services import editing
from chain_office.services.ledgers import open_or_make
from tests.services.editing.clerk import Clerk

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import FormField

AS_OF = date(2021, 11, 19)
DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
AMOUNTS = st.integers(1, 10**10)
BY_KIND: dict[str, st.SearchStrategy[object]] = {
    "text": st.sampled_from(["走访", "水口山", "★", "第一、二季度", " 空 格 "]),
    "long_text": st.sampled_from(["用电紧张", "缺资金\n缺地", "一、用工难；二、融资难", "秘密★"]),
    "name": st.sampled_from(["衡阳甲铜业有限公司", "甲铜业", "乙矿", "湖南丙合金股份有限公司"]),
    "money": AMOUNTS,
    "integer": st.integers(0, 5000),
    "year": st.integers(2019, 2022),
    "day": DAYS,
    "month": st.sampled_from([f"2021-{number:02d}" for number in range(1, 13)]),
    "percent": st.decimals(1, 12, places=2),
    "decimal": st.decimals(0, 10**6, places=1),
    "quantity:亩": st.decimals(0, 10**4, places=1),
    "flag": st.booleans(),
    "credit_code": st.sampled_from(["91430400MA4L16JQ9W", "914304007656281868"]),
    "industry_code": st.sampled_from(["3211", "0911"]),
    "phone": st.sampled_from(["13800138000", "0734-1234567"]),
}


class Faces:
    """Every live row as it stands, without versions (they count the undoing as well)."""

    TABLES = tuple(table for table in MODELS if table not in {"problem_span", "setting"})

    def __init__(self, ledger: Ledger) -> None:
        self.rows: dict[str, list[Any]] = {}
        for table in self.TABLES:
            columns = [row[1] for row in ledger.rows(f"PRAGMA table_info({table})") if row[1] != "version"]
            self.rows[table] = ledger.rows(
                f"SELECT {', '.join(map(repr_column, columns))} FROM {table} WHERE deleted_at IS NULL ORDER BY id"
            )


def repr_column(name: str) -> str:
    return f'"{name}"'


class Editing(RuleBasedStateMachine):
    """Random adds, edits, bins, bulk edits, undos and restores in a small office."""

    office: Path

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "台账.ledger"
        shutil.copy(self.office, path)
        self.ledger = open_ledger(path)
        self.before: tuple[int, Faces] | None = None
        self.last: tuple[int, Faces, Faces] | None = None

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    def act(self, act: Callable[[], Any]) -> None:
        """Do something that may be refused; a refusal changes nothing."""
        before = Faces(self.ledger)
        writes = self.ledger.value("SELECT count(*) FROM write_log")
        try:
            saved = act()
        except KnownError:
            assert Faces(self.ledger).rows == before.rows
            assert self.ledger.value("SELECT count(*) FROM write_log") == writes
            return
        if saved.write_no:
            assert self.ledger.value("SELECT max(no) FROM write_log") == saved.write_no
            self.last = (saved.write_no, before, Faces(self.ledger))

    def some(self, data: st.DataObject, table: str, *, binned: bool = False) -> str | None:
        where = "IS NOT NULL" if binned else "IS NULL"
        ids = [
            row[0]
            for row in self.ledger.rows(f"SELECT id FROM {table} WHERE deleted_at {where} ORDER BY id DESC LIMIT 6")
        ]
        return data.draw(st.sampled_from(ids)) if ids else None

    def draw(self, data: st.DataObject, field: FormField) -> object:
        if field.link:
            return self.some(data, field.link)
        kind = field.spec.kind
        if field.spec.choices:
            return kind.parse(data.draw(st.sampled_from(field.spec.choices))).value
        return data.draw(BY_KIND[kind.name])

    @rule(data=st.data(), table=st.sampled_from(sorted(editing.forms())), whole=st.booleans())
    def add(self, data: st.DataObject, table: str, whole: bool) -> None:
        form = editing.form(table)
        preset = {one.name: self.draw(data, one) for one in form if one.link and one.required}
        blank = editing.blank(self.ledger, table, AS_OF, preset)
        changes = {name: value for name, value in blank.values.items() if value is not None}
        wanted = [one for one in form if one.name not in changes and (whole or one.required)]
        changes |= {one.name: self.draw(data, one) for one in wanted if one.name != "park_id"}
        accept = frozenset(one.name for one in form) | {""}
        self.act(lambda: editing.save(self.ledger, Edit(table, "", 0, changes), "甲", accept=accept))

    @rule(data=st.data(), table=st.sampled_from(sorted(editing.forms())), empty=st.booleans())
    def edit(self, data: st.DataObject, table: str, empty: bool) -> None:
        row_id = self.some(data, table)
        if row_id is None:
            return
        field = data.draw(st.sampled_from(editing.form(table).fields))
        value = None if empty and field.spec.kind.name != "flag" else self.draw(data, field)
        loaded = editing.load(self.ledger, table, row_id, AS_OF)
        accept = frozenset(one.name for one in editing.form(table)) | {""}
        edit = Edit(table, row_id, loaded.version, {field.name: value})
        self.act(lambda: editing.save(self.ledger, edit, "乙", accept=accept))

    @rule(data=st.data(), table=st.sampled_from(sorted(editing.forms())))
    def put_away(self, data: st.DataObject, table: str) -> None:
        row_id = self.some(data, table)
        if row_id is not None:
            self.act(lambda: editing.bin_records(self.ledger, table, [row_id], "丙"))

    @rule(data=st.data(), table=st.sampled_from(sorted(editing.forms())))
    def bring_back(self, data: st.DataObject, table: str) -> None:
        row_id = self.some(data, table, binned=True)
        if row_id is not None:
            self.act(lambda: editing.unbin(self.ledger, table, [row_id], "丙"))

    @rule(data=st.data(), table=st.sampled_from(sorted(editing.forms())))
    def change_several(self, data: st.DataObject, table: str) -> None:
        ids = [row[0] for row in self.ledger.rows(f"SELECT id FROM {table} WHERE deleted_at IS NULL LIMIT 7")]
        field = data.draw(st.sampled_from(editing.form(table).fields))
        value = self.draw(data, field)
        accept = frozenset({*(one.name for one in editing.form(table)), ""})
        if ids:
            self.act(lambda: editing.change_many(self.ledger, table, ids, field.name, value, "丁", accept=accept))

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo_and_redo_the_last(self) -> None:
        """Nothing stands on the newest write, so undoing gives back what was, and redoing what came of it."""
        assert self.last is not None
        number, before, after = self.last
        undone = editing.undo(self.ledger, number, "戊")
        assert Faces(self.ledger).rows == before.rows
        redone = editing.undo(self.ledger, undone.write_no, "戊")
        assert Faces(self.ledger).rows == after.rows
        self.last = (redone.write_no, before, after)

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        newest = self.ledger.value("SELECT max(no) FROM write_log")
        number = data.draw(st.integers(max(1, newest - 8), newest))
        self.act(lambda: editing.undo(self.ledger, number, "己"))

    @rule(data=st.data())
    def put_one_change_back(self, data: st.DataObject) -> None:
        newest = self.ledger.value("SELECT max(no) FROM history")
        number = data.draw(st.integers(max(1, newest - 15), newest))
        self.act(lambda: editing.restore_change(self.ledger, number, "庚"))

    @invariant()
    def what_is_kept_twice_agrees(self) -> None:
        if hasattr(self, "ledger"):
            assert [one for one in disagreements(self.ledger) if one.records] == []
            assert outside_changes(self.ledger) == 0

    @invariant()
    def nothing_live_names_what_is_in_the_bin(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for table, model in MODELS.items():
            for field, target in model._meta.refs.items():
                other = target._meta.table_name
                assert not self.ledger.rows(
                    f'SELECT t.id FROM "{table}" t JOIN "{other}" o ON o.id = t."{field.column_name}" '
                    "WHERE t.deleted_at IS NULL AND o.deleted_at IS NOT NULL"
                ), (table, other)

    @invariant()
    def history_tells_what_stands(self) -> None:
        """The last word of the history on every field of the newest write is what the row says."""
        if not hasattr(self, "ledger"):
            return
        newest = self.ledger.value("SELECT max(write_no) FROM history")
        for table, row_id, field, after in self.ledger.rows(
            "SELECT table_name, row_id, field, after FROM history WHERE no IN (SELECT max(no) FROM history "
            "WHERE write_no = ? AND op = 'update' GROUP BY table_name, row_id, field)",
            (newest,),
        ):
            sql = f'SELECT CAST("{field}" AS TEXT) FROM "{table}" WHERE id = ?'
            assert self.ledger.value(sql, (row_id,)) == after


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three enterprises with one of everything, so that much hangs on much and checks are quick."""
    path = tmp_path_factory.mktemp("small office") / "小.ledger"
    with open_or_make(path) as ledger:
        clerk = Clerk(ledger)
        for number in range(1, 4):
            firm = clerk.new("enterprise", name=f"第{number}铜业有限公司", accept={"name"}).row_id
            clerk.new("contact", enterprise_id=firm, name=f"联系人{number}")
            clerk.new("register_spell", enterprise_id=firm, entry_day=date(2020, number, 1))
            visit = clerk.new("visit", enterprise_id=firm, day=date(2020, 10, number)).row_id
            clerk.new("problem", visit_id=visit, text=f"问题{number}")
            event = clerk.new("meeting", name=f"对接会{number}", kind="银企对接会", day=date(2020, 11, number)).row_id
            need = clerk.new("need", enterprise_id=firm, event_id=event, need_yuan=10**7).row_id
            bank = clerk.value("SELECT id FROM bank LIMIT 1 OFFSET ?", number)
            match = clerk.new("match", need_id=need, bank_id=bank).row_id
            clerk.new("credit", match_id=match, granted_yuan=10**7, day=date(2020, 12, 1))
            clerk.new("drawdown", match_id=match, drawn_yuan=10**6, day=date(2021, 1, number))
            project = clerk.new(
                "project", name=f"项目{number}", enterprise_id=firm, start_day=date(2021, 1, number)
            ).row_id
            clerk.new("project_plan", project_id=project, year=2021, year_plan_yuan=10**8)
            clerk.new("project_month", project_id=project, month="2021-01", month_done_yuan=10**6)
            for month in ("2021-01", "2021-02"):
                clerk.new("monthly_output", enterprise_id=firm, month=month, month_yuan=10**6, source="企业自报")
    return path


def test_random_edits(small_office: Path) -> None:
    run_state_machine_as_test(
        type("EditingOfASmallOffice", (Editing,), {"office": small_office}),
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.generate,),  # a shorter story would take minutes to find; the steps told are enough to follow
            suppress_health_check=list(HealthCheck),
        ),
    )
