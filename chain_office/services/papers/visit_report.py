"""走访日报: the visits of a day, or of a campaign by a day: how many, to whom, what was raised, what was said."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from chain_office.domain.errors import KnownError
from chain_office.queries import paper_visits
from chain_office.reports.content import Column, Heading, Table, chinese_date
from chain_office.reports.papers import Paper
from chain_office.services.packing.wording import counted, listed
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.paper_visits import VisitRow
    from chain_office.reports.content import Block
    from chain_office.services.papers.letterhead import Letterhead

_GIST: Final = 90
"""Characters of a note's answer that a report repeats."""


def visit_report(
    ledger: Ledger, day: date, campaign: str | None, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The report."""
    if campaign:
        name = campaign.strip()
        visits = paper_visits.visits_of(ledger, campaign_named(ledger, name), day)
        about, none = f"{name}（截至{chinese_date(day)}）", f"“{name}”截至 {day.isoformat()} 没有走访记录"
    else:
        visits = paper_visits.visits_on(ledger, day)
        about, none = chinese_date(day), f"{day.isoformat()} 没有走访记录"
    if not visits:
        return (), (f"{none}，没有写任何文件。",), None
    firms = frozenset(visit.enterprise_id for visit in visits)
    problems = paper_visits.raised(
        ledger, frozenset(visit.id for visit in visits), firms, frozenset(visit.day for visit in visits if visit.exact)
    )
    kinds = Counter({known(category): count for category, count in problems.items()})
    parts: list[Block | Table] = [
        _counts(visits, len(firms), about), Heading("一、走访企业", 1), _where(visits), Heading("二、企业反映的问题", 1),
        *_raised(visits, kinds), Heading("三、走访要点", 1), _gist(visits),
    ]  # fmt: skip
    name = joined("走访日报", campaign or "", day.isoformat())
    paper = Paper(
        name=clean(name, 120), title=f"企业走访日报\n（{about}）", parts=tuple(parts), office=head.office, issued=day,
        signed=True, sample=head.sample, note=head.office,
    )  # fmt: skip
    return (PaperFile("", paper, BOTH),), (f"{about}：走访 {len(visits)} 次，企业 {len(firms)} 家。",), None


def campaign_named(ledger: Ledger, name: str) -> str:
    """A campaign by its name. Raises :class:`KnownError`, which names those there are."""
    every = paper_visits.campaigns(ledger)
    for row_id, called in every:
        if called == name:
            return row_id
    there = "、".join(f"“{called}”" for _, called in every) or "一个也没有"
    raise KnownError(f"台账里没有叫“{name}”的走访活动；现有：{there}。")


def _counts(visits: Sequence[VisitRow], firms: int, about: str) -> str:
    led = Counter(known(visit.leader) for visit in visits)
    led.pop(known(""), None)
    text = f"{about}，共走访企业{firms}家、{len(visits)}次"
    text += f"，带队{counted(led.most_common(), '次')}。" if led else "。"
    answered = [
        (word, sum(1 for visit in visits if getattr(visit, name)))
        for word, name in (("生产经营情况", "status"), ("困难和问题", "problem"), ("发展打算", "plan"))
    ]
    return f"{text}走访记录中{counted(answered, '份', zeros=True)}。"


def _where(visits: Sequence[VisitRow]) -> str:
    places: dict[str, list[str]] = {}
    for visit in visits:
        names = places.setdefault(known(visit.district), [])
        if known(visit.enterprise) not in names:
            names.append(known(visit.enterprise))
    return "；".join(f"{place}{len(names)}家：{listed(names, 30)}" for place, names in places.items()) + "。"


def _raised(visits: Sequence[VisitRow], kinds: Counter[str]) -> tuple[str, ...]:
    wrote = sum(1 for visit in visits if visit.problem)
    first = f"{len(visits)}份走访记录中，写明困难和问题的{wrote}份。"
    if not kinds:
        return (f"{first}已登记为问题的没有；请按记录整理登记。",)
    return (f"{first}已登记为问题的{kinds.total()}个，按类别：{counted(kinds.most_common())}。",)


def _gist(visits: Sequence[VisitRow]) -> Table:
    columns = (
        Column("序号", 3.5, "center"), Column("企业", 12), Column("生产经营", 16), Column("困难和问题", 16), Column("打算", 14),
    )  # fmt: skip
    rows = [
        (str(place), known(visit.enterprise), _short(visit.status), _short(visit.problem), _short(visit.plan))
        for place, visit in enumerate(visits, start=1)
    ]
    return Table("", columns, tuple(rows), notes=("全文见走访记录。",), density="compact")


def _short(text: str) -> str:
    said = known(text)
    return said if len(said) <= _GIST else f"{said[: _GIST - 2]}……"
