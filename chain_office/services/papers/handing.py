"""交办: the papers of a 问题交办会, or of what was handed over singly on a day; sorted by unit, as such meetings need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.feedback import TITLE
from chain_office.queries import paper_rows
from chain_office.reports.content import chinese_date
from chain_office.reports.papers import Paper, Sheet
from chain_office.services.calendar import work_calendar
from chain_office.services.papers import answer_form, cover, lists
from chain_office.services.papers.naming import clean, distinct, joined
from chain_office.services.papers.notice import notice
from chain_office.services.papers.numbering import Leaving, numbered
from chain_office.services.papers.order import EXCEL, PDF, WORD, PaperFile
from chain_office.services.papers.slices import cut
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.paper_rows import MeetingRow, PaperProblem, PaperUnit
    from chain_office.reports.content import Block, Table
    from chain_office.reports.papers import Grid
    from chain_office.services.papers.letterhead import Letterhead
    from chain_office.services.papers.numbering import Numbered
    from chain_office.services.papers.slices import HandedOver, Slice

KIND = "交办单"
BOTH = (PDF, WORD)


def meeting_papers(
    ledger: Ledger, day: date, meeting: str | None, head: Letterhead, actor: str
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The papers of a meeting: the one named, else the latest by the day."""
    chosen = choose(ledger, day, meeting)
    problems = paper_rows.handed_at(ledger, chosen, day)
    if not problems:
        return (), (f"“{chosen.name}”没有交办问题，没有材料可写。",), None
    series = f"{KIND}:{chosen.id}"
    return _papers(ledger, problems, head, actor, chosen.day, series, chosen)


def single_papers(
    ledger: Ledger, day: date, head: Letterhead, actor: str
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The papers of what was handed over, or given to another unit, on a day without a meeting."""
    problems = paper_rows.handed_singly(ledger, day)
    if not problems:
        return (), (f"{day.isoformat()} 没有单件交办或改派的问题，没有材料可写。",), None
    return _papers(ledger, problems, head, actor, day, f"{KIND}:{day.isoformat()}", None)


def choose(ledger: Ledger, day: date, name: str | None) -> MeetingRow:
    """The meeting called so, else the latest by the day. Raises KnownError naming those there are."""
    every = paper_rows.meetings(ledger)
    if name:
        found = [one for one in every if one.name == name.strip()]
        if not found:
            there = "、".join(f"“{one.name}”" for one in every) or "一次也没有"
            raise KnownError(f"台账里没有叫“{name}”的问题交办会；现有：{there}。")
        if found[0].day > day:
            raise KnownError(f"“{name}”在 {found[0].day.isoformat()}，晚于截止日期 {day.isoformat()}；请改截止日期。")
        return found[0]
    held = [one for one in every if one.day <= day]
    if not held:
        raise KnownError(f"截至 {day.isoformat()} 台账里还没有问题交办会；先登记交办会，或用 --meeting 写明名称。")
    return held[0]


def _papers(
    ledger: Ledger,
    problems: Sequence[PaperProblem],
    head: Letterhead,
    actor: str,
    day: date,
    series: str,
    meeting: MeetingRow | None,
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    whole = cut(problems)
    cover.prove(whole)
    leaving = [
        Leaving(KIND, f"{series}:{part.unit.id}", day, part.items, part.unit.id, meeting.id if meeting else None)
        for part in whole.slices
    ]
    numbers, saved = numbered(ledger, leaving, head, actor)
    by_unit = {one.unit_id: numbers[one.key] for one in leaving}
    setter = _Setter(head, whole, day, meeting.name if meeting else "")
    files = [*setter.common(lambda part: by_unit[part.unit.id].text)]
    calendar = work_calendar(ledger)
    names = distinct((part.unit.id, known(part.unit.short)) for part in whole.slices)
    for part in whole.slices:
        number = by_unit[part.unit.id]
        folder, called = clean(part.unit.kind or "其他单位"), names[part.unit.id]
        files += setter.for_unit(
            part, number, folder, called, notice(part, number, head, day, setter.meeting, calendar)
        )
    return tuple(files), _notes(whole, setter.title), saved


def _notes(whole: HandedOver, title: str) -> tuple[str, ...]:
    said = [
        f"{title}：{len(whole.problems)} 个问题，{len(whole.leading)} 个牵头单位，"
        f"{len(whole.slices) - len(whole.leading)} 个只配合的单位；每个单位一份交办单、一份分表、一份反馈表。"
    ]
    if whole.orphans:
        said.append(f"{len(whole.orphans)} 个问题没有牵头单位，只列在总表里，没有交办单。")
    return tuple(said)


class _Setter:
    """Puts the contents on papers."""

    def __init__(self, head: Letterhead, whole: HandedOver, day: date, meeting: str) -> None:
        self._head, self._whole, self._day, self.meeting = head, whole, day, meeting
        self.title = meeting or f"{chinese_date(day)}单件交办"

    def common(self, number: Callable[[Slice], str]) -> Iterator[PaperFile]:
        """What the meeting itself needs."""
        opening = f"{self.title}，"
        yield self._file("", f"01_封面统计_{self.title}", "问题交办统计", cover.cover(self._whole, opening))
        yield self._file("", f"02_交办清单总表_{self.title}", "问题交办清单", (lists.master(self._whole),), wide=True)
        yield self._file("", f"03_签收表_{self.title}", "交办单签收表", lists.to_sign(self._whole, number))

    def for_unit(
        self, part: Slice, number: Numbered, folder: str, called: str, form: Sequence[Block | Grid | Table]
    ) -> Iterator[PaperFile]:
        """One unit's papers, called so that they stand together in the folder."""
        unit = known(part.unit.short)
        slice_name = joined(called, "交办清单分表", number.text)
        yield self._file(folder, joined(called, KIND, number.text), "问题交办单", form, code=codes(part, number))
        yield self._file(
            folder, slice_name, f"问题交办清单\n（{unit}）", (lists.part_of(part),), wide=True, number=number.text
        )
        yield from answer_files(part.unit, part.items, number, self._head, self._day, folder, called)

    def _file(
        self, folder: str, name: str, title: str, parts: Sequence[Block | Grid | Table], *, wide: bool = False, number: str = "",
        code: str = "",
    ) -> PaperFile:  # fmt: skip
        head = self._head
        paper = Paper(
            name=clean(name, 120), title=title, parts=tuple(parts), office=head.office, issued=self._day,
            number=number, wide=wide, sample=head.sample, note=f"{head.office}　{chinese_date(self._day)}", code=code,
        )  # fmt: skip
        return PaperFile(folder, paper, BOTH)


def codes(part: Slice, number: Numbered) -> str:
    """The 回执号 of a paper with one problem; papers with several carry them in their lines."""
    return number.code(part.items[0][0]) if len(part.items) == 1 else ""


def answer_files(
    unit: PaperUnit,
    items: Sequence[tuple[PaperProblem, str]],
    number: Numbered,
    head: Letterhead,
    day: date,
    folder: str,
    called: str,
) -> Iterator[PaperFile]:
    """The 反馈表 that goes with a paper, as Word and as Excel."""
    name = clean(joined(called, "反馈表", number.text), 120)
    code = number.code(items[0][0]) if len(items) == 1 else ""
    note = f"{head.office}　{number.text}"
    form = Paper(
        name=name, title=TITLE, parts=answer_form.word_form(unit, items, number), office=head.office, issued=day,
        sample=head.sample, note=note, code=code,
    )  # fmt: skip
    yield PaperFile(folder, form, (WORD, PDF), filled=True)
    sheet = Sheet(
        name=name, title=f"{TITLE}（{known(unit.short)}　{number.text}）", columns=answer_form.columns(),
        rows=answer_form.rows(unit, items, number), office=head.office, issued=day, instructions=answer_form.HOW,
        code=code, note=note, sample=head.sample,
    )  # fmt: skip
    yield PaperFile(folder, sheet, (EXCEL,), filled=True)
