"""The lines around a table: title, unit, 截至 date, and captions such as "上年公布数：172.00亿元"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from chain_office.domain.headings import unit_line
from chain_office.domain.kinds import BadValue
from chain_office.domain.money import money_unit
from chain_office.domain.periods import Period, read_period
from chain_office.domain.plain import plain
from chain_office.domain.when import arabic_dates, find_when

AS_OF = re.compile(r"(?:数据|统计|时间)?截[至止]到?(?:日期|时间)?[:：]?\s*([^)）\s，,。;；]*)")
UNIT_LINE = re.compile(r"(?<![报送制填收])(?:计量|金额|货币)?单位\s*[:：]|^[(（][^()（）]*[元亩%个项家吨][)）]$")
UNIT_PART = re.compile(r"[(（]?\s*(?<![报送制填收])(?:计量|金额|货币)?单位\s*[:：]\s*[^\s()（）]*\s*[)）]?")
UNIT_TAIL = re.compile(r"[(（](?:亿|百万|千万|万|千)?元[)）]$")
FACT = re.compile(r"^[(（]?([^:：]{2,16})[:：]\s*(\S.*?)[)）]?$")
DATED_FACT = re.compile(r"时间|日期")
FILLED_IN = re.compile(r"截|填|制|打印|报送|上报|更新|统计")
FOOTER = re.compile(
    r"^(填表|制表|填报|审核|复核|单位负责人|负责人[:：]|分管领导|主管领导|联系人[:：]|联系电话[:：]|经办人|统计负责人|备注[:：]|注[:：\d]|"
    r"注释|附注|说明[:：]|数据来源|资料来源|打印|日期[:：]|报送|抄送|单位[(（]盖章|签字|签章|盖章|※|★|\*|[(（]?以下(空白|无正文))"
)
DAY_WORD = re.compile(r"\d[日号]|\d[./-]\d{1,2}[./-]\d|\d{8}")
ANNEX_PREFIX = re.compile(r"^附[件表]\s*[\d一二三四五六七八九十]*\s*[:：]\s*(?=\S)")
ANNEX = re.compile(r"^附(件|表)\s*[\d一二三四五六七八九十]*[:：]?$")


@dataclass(frozen=True, slots=True)
class Captions:
    """What stands around a table. ``units`` are the units its unit lines name, as written."""

    title: str = ""
    units: tuple[str, ...] = ()
    as_of: date | None = None
    title_date: date | None = None
    title_precision: str = ""
    period: Period | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def year(self) -> int | None:
        """The year dates without one belong to: the title's, else that of 截至."""
        if self.title_date is not None:
            return self.title_date.year
        if self.period is not None and self.period.year is not None:
            return self.period.year
        return self.as_of.year if self.as_of is not None else None


def is_footer(text: str) -> bool:
    """Whether a line under a table is a note or a signature line."""
    return FOOTER.match(plain(text)) is not None


def is_caption(text: str) -> bool:
    """Whether a cell above headings is a caption (unit, date, "填报单位：…") rather than a heading."""
    tidy = plain(text)
    return bool(
        UNIT_LINE.search(tidy) or AS_OF.search(tidy) or FACT.match(tidy) or ANNEX.match(tidy) or is_footer(tidy)
    )


@dataclass(slots=True)
class _Lines:
    """What the cells above a table say, gathered one by one."""

    units: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    as_of: str = ""

    def add(self, line: str) -> None:
        tidy = ANNEX_PREFIX.sub("", self._take_unit(plain(line)))
        found = AS_OF.search(tidy)
        if found:
            self.as_of = self.as_of or found[1]
            if found.start() <= 1:
                return
        if not tidy or ANNEX.match(tidy) or is_footer(tidy) or FACT.match(tidy):
            self.facts.extend(_facts(tidy))
        else:
            self.titles.append(tidy)

    def _take_unit(self, tidy: str) -> str:
        """Note the unit a line states; what is left of the line."""
        part = UNIT_PART.search(tidy)
        if part and unit_line(part[0]):
            self.units.append(part[0])
            left = UNIT_PART.sub("", tidy).strip()
            opened = left.count("(") > left.count(")")
            return f"{left.rstrip(' ,;、')})" if opened else left.replace("()", "").strip()
        tail = UNIT_TAIL.search(tidy)
        if tail and tail.start() > 0:
            self.units.append(tail[0])
            return tidy[: tail.start()].strip()
        if re.fullmatch(r"[(（][^()（）]*[)）]", tidy) and money_unit(tidy) and not re.search(r"\d", tidy):
            self.units.append(tidy)
            return ""
        return tidy


def read_captions(lines: list[str], sheet: str, footers: list[str]) -> Captions:
    """Read the cells above a table (top first), the sheet's name and the notes below."""
    said = _Lines()
    for line in lines:
        said.add(line)
    for line in footers:
        tidy = plain(line)
        said.facts.extend(_facts(tidy))
        found = AS_OF.search(tidy)
        said.as_of = said.as_of or (found[1] if found else "")
    return _dated(said, sheet)


def _facts(line: str) -> list[tuple[str, str]]:
    """ "填报单位：甲  日期：2021年" → its two facts."""
    parts = re.split(r"[;；]|\s(?=[^\s:：]{2,8}[:：])", line)
    return [(match[1].strip(), match[2].strip()) for part in parts if (match := FACT.match(part.strip()))]


def _dated(said: _Lines, sheet: str) -> Captions:
    title, facts = " ".join(said.titles), said.facts
    dated_facts = [value for key, value in facts if DATED_FACT.search(key) and not FILLED_IN.search(key)]
    meeting = [value for key, value in facts if re.search(r"交办|会议|对接|走访|调研", key) and DATED_FACT.search(key)]
    day, precision = _best_date([*meeting, title, *dated_facts, sheet])
    period = read_period(title) if title else None
    period = period if period and (period.last or period.year) else read_period(sheet)
    year = day.year if day else (period.year if period else None)
    return Captions(
        title=title,
        units=tuple(said.units),
        as_of=_as_of(said.as_of, year),
        title_date=day,
        title_precision=precision,
        period=period,
        facts=tuple(dict.fromkeys(facts)),
    )


def states_day(line: str) -> bool:
    """Whether a line says a day or a month with its year ("第二批交办问题（2021年6月1日）")."""
    return _best_date([line])[1] in {"day", "month"}


def _best_date(texts: list[str]) -> tuple[date | None, str]:
    """The first full date, else the first month with a year, else the first year."""
    found: list[tuple[int, date, str]] = []
    for text in texts:
        tidy = AS_OF.sub(" ", arabic_dates(plain(text)))
        for part in re.split(r"[\s()（）,，、]+", tidy):
            when = _first(part)
            if when is not None:
                found.append(when)
    if not found:
        return None, ""
    best = min(found, key=lambda one: one[0])
    return best[1], best[2]


def _first(text: str) -> tuple[int, date, str] | None:
    """The date a piece of text states with its year, ranked: a day before a month before a year."""
    try:
        period = read_period(text)
        if period and period.year and period.last and not period.whole_year and not DAY_WORD.search(text):
            return 1, date(period.year, period.last, 1), "month"
        when = find_when(text)
        if when is None or when.year is None:
            return None
        rank = {"day": 0, "xun": 1, "month": 1, "quarter": 1, "year": 2}[when.precision]
        first, last = when.span(when.year)
        return rank, (last.replace(day=1) if rank == 1 else first), ("day", "month", "year")[rank]
    except BadValue:
        return None


def _as_of(text: str, year: int | None) -> date | None:
    """The 截至 date: the last day of what is written; its year may be the title's."""
    if not text:
        return None
    try:
        when = find_when(arabic_dates(plain(text)))
        if when is None or (when.year is None and year is None):
            return None
        return when.span(when.year or year or 0)[1]
    except BadValue:
        return None
