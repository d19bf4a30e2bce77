"""What forms offer: every described column is in one, or is said to follow from something else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.db.forms import FLOW, KEPT_BY_PROGRAM
from chain_office.domain.errors import BugError, KnownError
from chain_office.domain.textkinds import ChoiceKind
from chain_office.queries.editing.rows import MODELS
from chain_office.services import editing
from tests.services.editing.clerk import AS_OF

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from tests.services.editing.clerk import Clerk

TABLES = sorted(editing.forms())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_typed_or_follows_from_something(table: str) -> None:
    columns = {field.column_name for field in MODELS[table]._meta.sorted_fields}
    typed = {field.name for field in editing.form(table)}
    follows = set(FLOW.get(table, {}))
    assert typed | follows | KEPT_BY_PROGRAM >= columns
    assert not typed & follows
    assert typed | follows <= columns
    assert all(FLOW.get(table, {}).values())


def test_the_tables_a_clerk_edits_have_forms() -> None:
    assert set(TABLES) == {
        *(
            "enterprise",
            "contact",
            "register_spell",
            "campaign",
            "visit",
            "meeting",
            "problem",
            "common_issue",
            "need",
            "match",
            "credit",
        ),
        *("drawdown", "project", "stage_change", "project_plan", "project_month", "project_node", "monthly_output"),
        *("visit_plan", "promise", "loan_review", "project_cause", "segment_flow"),
        *("target", "prospect", "achievement"),
    }


@pytest.mark.parametrize("table", TABLES)
def test_a_form_is_one_a_person_can_fill_in(table: str) -> None:
    form = editing.form(table)
    assert form.noun
    assert form.owner in {"", *(field.name for field in form if field.link)}
    for field in form:
        assert field.spec.label
        assert bool(field.link) == field.name.endswith("_id")
        if field.fixed:
            assert field.spec.choices
        for word in field.spec.choices:
            stored = field.spec.kind.clean(word)
            assert field.spec.kind.format(stored) == word
            assert field.spec.kind.clean(stored) == stored
    labels = [field.spec.label for field in form]
    assert len(labels) == len(set(labels))


def test_stored_words_and_shown_words_are_told_apart() -> None:
    stage = editing.form("stage_change").field("stage")
    assert isinstance(stage.spec.kind, ChoiceKind)
    assert stage.spec.choices == ("拟开工", "在建", "竣工", "停缓建")
    assert stage.spec.kind.clean("在建") == "under_construction"


def test_a_table_without_a_form_is_our_mistake() -> None:
    with pytest.raises(BugError):
        editing.form("history")


def test_a_record_opens_with_what_its_links_are_called(clerk: Clerk) -> None:
    loaded = clerk.open("visit", clerk.value("SELECT id FROM visit ORDER BY number LIMIT 1"))
    assert isinstance(loaded.values["day"], date)
    assert loaded.links["enterprise_id"].id == loaded.values["enterprise_id"]
    assert loaded.title.endswith("走访")
    assert loaded.version > 0
    assert set(loaded.values) == {field.name for field in editing.form("visit")}


def test_a_record_in_the_bin_or_nowhere_does_not_open(clerk: Clerk) -> None:
    contact = clerk.value("SELECT id FROM contact LIMIT 1")
    clerk.bin("contact", contact)
    with pytest.raises(KnownError, match="回收站"):
        clerk.open("contact", contact)
    with pytest.raises(KnownError, match="找不到"):
        clerk.open("contact", "没有")


def test_the_next_month_of_a_firm_is_filled_in_but_no_base(clerk: Clerk, ledger: Ledger) -> None:
    firm, last = ledger.rows("SELECT enterprise_id, max(month) FROM monthly_output GROUP BY 1 ORDER BY 2 DESC LIMIT 1")[
        0
    ]
    assert last == "2021-09"
    blank = editing.blank(ledger, "monthly_output", AS_OF, {"enterprise_id": firm})
    assert blank.values["month"] == "2021-10"
    assert blank.values["month_prev_yuan"] is None
    assert blank.values["cum_prev_yuan"] is None
    clerk.new("monthly_output", enterprise_id=firm, month_yuan=1, source="企业自报", accept={"month_yuan"})
    after = editing.blank(ledger, "monthly_output", AS_OF, {"enterprise_id": firm})
    assert after.values["month"] is None  # November has not ended
    assert after.values["source"] == "企业自报"


def test_a_problem_from_a_visit_knows_its_firm_district_and_day(clerk: Clerk, ledger: Ledger) -> None:
    visit, firm, day = ledger.rows("SELECT id, enterprise_id, day FROM visit ORDER BY number LIMIT 1")[0]
    blank = editing.blank(ledger, "problem", AS_OF, {"visit_id": visit})
    assert blank.values["enterprise_id"] == firm
    assert str(blank.values["collected_day"]) == day
    assert blank.values["district_id"] == clerk.value("SELECT district_id FROM enterprise WHERE id = ?", firm)


def test_what_a_form_does_not_have_is_left_out_of_a_blank_one(ledger: Ledger) -> None:
    blank = editing.blank(ledger, "meeting", AS_OF, {"": "x", "enterprise_id": "y", "name": "会"})
    assert blank.values["name"] == "会"
    assert "enterprise_id" not in blank.values
    assert (blank.row_id, blank.version) == ("", 0)
