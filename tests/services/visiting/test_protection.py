"""赋码保护: consent is asked for, frequency pointed out; what was recorded before is not complained of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from chain_office.domain.forms import Edit, Faulty
from chain_office.queries.records import visit as record
from chain_office.services import editing
from chain_office.services.visiting.protection import protection

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.services.ledgers import Ledger

DAY = date(2021, 11, 19)
CONSENT = {"consent_by": "陈经理", "consent_way": "码上约", "consent_day": date(2021, 11, 18), "booking_no": "MSY-1"}


@pytest.fixture
def firm(ledger: Ledger, firms: list[str]) -> str:
    """A firm under protection from the 17th of November on."""
    loaded = editing.load(ledger, "enterprise", firms[0], DAY)
    editing.save(ledger, Edit("enterprise", firms[0], loaded.version, {"protected_since": date(2021, 11, 17)}), "张三")
    return firms[0]


def faults(ledger: Ledger, firm: str, day: date, **values: object) -> dict[str, bool]:
    """Field → whether it stops the save."""
    with pytest.raises(Faulty) as refused:
        editing.save(ledger, Edit("visit", "", 0, {"enterprise_id": firm, "day": day, **values}), "张三")
    return {fault.name: fault.stops for fault in refused.value.faults}


def test_a_visit_without_consent_is_refused_beside_its_fields(ledger: Ledger, firm: str) -> None:
    assert faults(ledger, firm, DAY) == {
        "consent_by": True,
        "consent_way": True,
        "consent_day": True,
        "booking_no": False,
    }
    assert faults(ledger, firm, DAY, **CONSENT | {"booking_no": None}) == {"booking_no": True}
    assert faults(ledger, firm, DAY, **CONSENT | {"consent_day": date(2021, 11, 20)})["consent_day"]
    editing.save(ledger, Edit("visit", "", 0, {"enterprise_id": firm, "day": DAY, **CONSENT}), "张三")


def test_before_its_protection_nothing_is_asked(ledger: Ledger, firm: str) -> None:
    saved = editing.save(ledger, Edit("visit", "", 0, {"enterprise_id": firm, "day": date(2021, 11, 16)}), "张三")
    assert protection(ledger, firm, date(2021, 11, 16)) is None
    visit = str(ledger.value("SELECT id FROM visit WHERE enterprise_id = ? AND day = '2021-11-16'", (firm,)))
    loaded = editing.load(ledger, "visit", visit, DAY)
    editing.save(ledger, Edit("visit", visit, loaded.version, {"remark": "补记"}), "张三")
    assert saved.write_no


def test_the_second_visit_of_a_month_is_pointed_out(ledger: Ledger, firm: str) -> None:
    given = {"enterprise_id": firm, "day": date(2021, 11, 18), **CONSENT}
    editing.save(ledger, Edit("visit", "", 0, given), "张三")
    with pytest.raises(Faulty, match="这个月已走访 1 次") as refused:
        editing.save(ledger, Edit("visit", "", 0, given | {"day": DAY}), "张三")
    assert not any(fault.stops for fault in refused.value.faults)
    found = protection(ledger, firm, DAY)
    assert found is not None
    assert found.this_month == 1


def test_the_firms_rating_has_its_day_and_the_record_says_the_consent(
    ledger: Ledger, firm: str, new: Callable[..., str]
) -> None:
    assert faults(ledger, firm, DAY, **CONSENT, rated_day=DAY)["rating"]
    assert faults(ledger, firm, DAY, **CONSENT, rating="满意", rated_day=date(2021, 11, 1))["rated_day"]
    visit = new("visit", enterprise_id=firm, day=DAY, rating="满意", rated_day=DAY, **CONSENT)
    shown = record(ledger, visit, DAY)
    assert shown is not None
    said = {item.label: item.text for section in shown.sections for item in section.items}
    assert said["赋码保护"].endswith("已征得企业同意")
    assert (said["预约号"], said["企业评价"], said["评价日期"]) == ("MSY-1", "满意", "2021-11-19")
