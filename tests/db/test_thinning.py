"""Backups before imports: one before each, fewer as they grow old, never one that somebody asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chain_office.db import thinning
from tests.books.running import command, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_START = datetime(2021, 1, 1, 8, 30)


def _name(taken: datetime, tail: str = "-导入前") -> str:
    return f"台账-{taken:%Y%m%d-%H%M%S}{tail}.ledger"


def test_two_years_of_imports_leave_few_backups(tmp_path: Path) -> None:
    moments = [_START + timedelta(hours=2 * n) for n in range(12 * 729)]
    backups = {tmp_path / _name(one): one for one in moments}
    stay = thinning.kept(backups.items())
    kept = sorted(backups[one] for one in stay)
    assert kept[-1] == moments[-1]
    assert kept[-24:] == moments[-24:]
    assert {one.date() for one in kept[-36:]} >= {(moments[-1] - timedelta(days=n)).date() for n in range(14)}
    assert {(one.year, one.month) for one in kept} == {(one.year, one.month) for one in moments}
    assert len(stay) <= 24 + 14 + 8 + 24 + 3


def test_only_backups_before_imports_of_this_ledger_go(tmp_path: Path) -> None:
    names = [_name(_START + timedelta(minutes=n)) for n in range(3)]
    others = [
        _name(_START, ""),
        _name(_START, "-升级前-格式1"),
        "台账二-20210101-083000-导入前.ledger",
        "台账-随手.ledger",
    ]
    for one in (*names, *others):
        (tmp_path / one).write_bytes(b"x")
    assert [one.name for one in thinning.thin(tmp_path, "台账")] == names[:2]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([names[2], *others])


def test_regular_backups_thin_out_beside_those_before_imports(tmp_path: Path) -> None:
    """Within an hour the last of either kind stays."""
    for minute, label in ((0, "自动"), (10, "导入前"), (20, "删除前"), (30, "自动"), (40, "关闭时")):
        (tmp_path / _name(_START + timedelta(minutes=minute - 30), f"-{label}")).write_bytes(b"x")
    thinning.thin(tmp_path, "台账")
    assert sorted(one.stem[-3:] for one in tmp_path.iterdir()) == ["关闭时", "删除前"]


def test_one_that_cannot_be_dropped_is_dropped_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(3):
        (tmp_path / _name(_START + timedelta(minutes=minute))).write_bytes(b"x")
    with monkeypatch.context() as busy:
        busy.setattr(type(tmp_path), "unlink", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "in use")))
        thinning.thin(tmp_path, "台账")
    assert len(list(tmp_path.iterdir())) == 3
    thinning.thin(tmp_path, "台账")
    assert len(list(tmp_path.iterdir())) == 1


def test_an_import_into_a_filled_ledger_keeps_what_was_there(tmp_path: Path) -> None:
    ledger, copies = tmp_path / "台账.ledger", tmp_path / "台账-备份"
    for firm in ("甲厂有限公司", "乙厂有限公司", "乙厂有限公司"):
        draft = Draft(tmp_path, f"{firm}.xlsx")
        draft.sheet("名册", [["规上企业名册"], ["序号", "企业名称"], [1, firm]])
        assert read_in(ledger, draft.save()).code == 0
    (copy,) = copies.iterdir()
    assert thinning.taken_at(copy.name, "台账") is not None
    assert '"enterprises.total": 1' in command("figures", str(copy), "--json")[1]
    assert '"enterprises.total": 2' in command("figures", str(ledger), "--json")[1]
