"""A ledger that is not there yet: made whole or not at all, and never over one that came to be there meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chain_office.domain.errors import KnownError
from chain_office.services.importing import command
from chain_office.services.importing.service import apply_import, plan_import
from chain_office.services.ledgers import make_ledger, open_existing
from tests.books.running import figures
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger


def _book(folder: Path, name: str = "名册", *firms: str) -> Path:
    draft = Draft(folder, f"{name}.xlsx")
    draft.sheet("名册", [["规上企业名册"], ["序号", "企业名称"], *([n, firm] for n, firm in enumerate(firms, start=1))])
    return draft.save()


def test_a_ledger_made_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path, book = tmp_path / "台账.ledger", _book(tmp_path, "名册", "甲厂有限公司")

    def slow(_: Ledger) -> None:
        command.run(path, [book])

    with pytest.raises(KnownError, match="已经存在"):
        make_ledger(path, slow)
    assert figures(path, "2021-12-31")["enterprises.total"] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["台账.ledger", "名册.xlsx"]


def test_an_import_that_fails_takes_only_its_own_ledger_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, good = tmp_path / "台账.ledger", _book(tmp_path, "名册", "甲厂有限公司")

    def other_first(ledger: Ledger, *_: object) -> object:
        def fill(theirs: Ledger) -> None:
            apply_import(theirs, plan_import(theirs, [good]))

        make_ledger(path, fill)
        raise KnownError("这本读不了。")

    with monkeypatch.context() as patch:
        patch.setattr(command, "plan_import", other_first)
        with pytest.raises(KnownError, match="读不了"):
            command.run(path, [good])
    with open_existing(path, read_only=True) as kept:
        assert kept.value("SELECT name FROM enterprise") == "甲厂有限公司"


def test_nothing_accepted_leaves_no_ledger(tmp_path: Path) -> None:
    outcome = command.run(tmp_path / "台账.ledger", [_book(tmp_path)])
    assert not outcome.plan.accepts_anything
    assert [one.name for one in tmp_path.iterdir()] == ["名册.xlsx"]
