"""走访记录: a visit as it was noted down, with what was promised, what it raised, and its photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.db import attachments
from chain_office.db.models import record_number
from chain_office.domain.errors import KnownError
from chain_office.domain.visiting import PROMISE_WORDS
from chain_office.domain.workflow import STATES
from chain_office.queries import paper_visits
from chain_office.queries.visiting.pictures import visit_pictures
from chain_office.queries.visiting.promises import promises_at
from chain_office.queries.visiting.record import VisitFacts, problems_of, visit_facts
from chain_office.reports.content import chinese_date
from chain_office.reports.papers import Cell, Grid, Paper, Photo, Photos
from chain_office.services.packing.wording import money, month
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.visit_report import campaign_named
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.services.papers.letterhead import Letterhead

TITLE: Final = "企业走访记录"
_SHARES: Final = (18.0, 31.0, 14.0, 25.0)
_MOST_PHOTOS: Final = 12
Row = tuple[Cell, ...]


def visit_records(
    ledger: Ledger, day: date, campaign: str | None, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """A file a visit: those of a day, or of a campaign by then."""
    if campaign:
        visits = paper_visits.visits_of(ledger, campaign_named(ledger, campaign.strip()), day)
        about = f"{campaign.strip()}（截至 {day.isoformat()}）"
    else:
        visits, about = paper_visits.visits_on(ledger, day), day.isoformat()
    if not visits:
        return (), (f"{about} 没有走访记录，没有写任何文件。",), None
    papers = records_of(ledger, [visit.id for visit in visits], day, head)
    return tuple(PaperFile("", one, BOTH) for one in papers), (f"{about}：走访记录 {len(papers)} 份。",), None


def records_of(ledger: Ledger, visits: Sequence[str], day: date, head: Letterhead) -> tuple[Paper, ...]:
    """The records of some visits. Raises :class:`KnownError` for one that is not there."""
    return tuple(_paper(ledger, one, day, head) for one in visits)


def _paper(ledger: Ledger, visit_id: str, day: date, head: Letterhead) -> Paper:
    visit = visit_facts(ledger, visit_id)
    if visit is None:
        raise KnownError("这次走访已不在台账里，请刷新后再试。")
    number = record_number("visit", visit.number)
    rows = (
        *_head(visit),
        *_answers(visit),
        *_promised(ledger, visit, day),
        *_raised(ledger, visit, day),
        *_foot(visit),
    )
    photos = _photos(ledger, visit_id)
    parts: tuple[Grid | Photos, ...] = (Grid(_SHARES, tuple(rows)),)
    if photos:
        parts = (*parts, Photos(photos, "现场照片"))
    return Paper(
        name=clean(joined(number, known(visit.firm), "走访记录"), 120), title=TITLE, parts=parts, office=head.office,
        issued=day, number=number, sample=head.sample, note=f"{head.office}　截至{chinese_date(day)}",
    )  # fmt: skip


def _head(visit: VisitFacts) -> Iterator[Row]:
    yield _row("企业名称", known(visit.firm))
    yield _pair(("县市区", known(visit.district)), ("园区", known(visit.park)))
    yield _pair(("走访时间", _when(visit)), ("带队领导", known(visit.leader)))
    yield _pair(("走访人员", known(visit.visitors)), ("受访人", known(visit.interviewee)))
    if visit.campaign:
        yield _row("走访活动", known(visit.campaign))
    agreed = "、".join(part for part in (visit.consent_by, visit.consent_way, _day(visit.consent_day)) if part)
    if agreed or visit.booking_no:
        booked = f"预约号 {visit.booking_no}" if visit.booking_no else ""
        yield _row("企业同意", "；".join(part for part in (known(agreed) if agreed else "", booked) if part))


def _answers(visit: VisitFacts) -> Iterator[Row]:
    for word, text in (
        ("一、生产经营\n怎么样", visit.status), ("二、有什么困难\n和问题", visit.problem),
        ("三、做大做强\n有哪些打算", visit.plan),
    ):  # fmt: skip
        yield _row(word, known(text), 3)
    amounts = [
        f"{word}{money(yuan)}"
        for word, yuan in (("销售额", visit.sales_yuan), ("纳税额", visit.tax_yuan))
        if yuan is not None
    ]
    if amounts:
        yield _row("经营数据", "，".join(amounts))
    if visit.suggestion:
        yield _row("意见建议", known(visit.suggestion), 2)


def _promised(ledger: Ledger, visit: VisitFacts, day: date) -> Iterator[Row]:
    lines = []
    for place, one in enumerate(promises_at(ledger, visit.id, day), start=1):
        who = "、".join(part for part in (one.side, one.owner) if part)
        due = f"，{one.due.isoformat()} 前" if one.due else ""
        lines.append(f"{place}. {known(one.text)}（{known(who)}{due}，{PROMISE_WORDS[one.state]}）")
    if lines:
        yield _row("承诺事项", "\n".join(lines))


def _raised(ledger: Ledger, visit: VisitFacts, day: date) -> Iterator[Row]:
    found = problems_of(ledger, visit.id, day)
    if found:
        told = (f"{no} {known(text)}（{STATES[state].label if state else '未收集'}）" for no, text, state in found)
        yield _row("已登记的\n问题", "\n".join(told))


def _foot(visit: VisitFacts) -> Iterator[Row]:
    if visit.followup:
        yield _row("初步\n处理意见", known(visit.followup), 2)
    rated = "，".join(part for part in (visit.rating, _day(visit.rated_day)) if part)
    yield _pair(("企业评价", known(rated)), ("记录人", known(visit.recorder)))
    if visit.remark:
        yield _row("备注", known(visit.remark))


def _photos(ledger: Ledger, visit_id: str) -> tuple[Photo, ...]:
    """The pictures hung on the visit, each once; an original kept beside its smaller copy is left out."""
    found = visit_pictures(ledger, visit_id)[:_MOST_PHOTOS]
    return tuple(Photo(attachments.read(ledger, one), clean(name.rsplit(".", maxsplit=1)[0])) for one, name in found)


def _when(visit: VisitFacts) -> str:
    if visit.day is None:
        return known("")
    return chinese_date(visit.day) if visit.exact else month(visit.day.isoformat()[:7])


def _day(day: date | None) -> str:
    return chinese_date(day) if day is not None else ""


def _row(label: str, text: str, lines: float = 1.0) -> Row:
    return Cell(label, head=True), Cell(text, across=3, lines=lines)


def _pair(left: tuple[str, str], right: tuple[str, str]) -> Row:
    (first, text), (second, other) = left, right
    return Cell(first, head=True), Cell(text), Cell(second, head=True), Cell(other)
