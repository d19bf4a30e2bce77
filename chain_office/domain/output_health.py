"""What a month's reports are looked at for before they are signed off, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Severity = Literal["severe", "check", "note"]
SEVERITY_WORDS: Final[Mapping[str, str]] = {"severe": "须说明", "check": "请核对", "note": "提示"}
"""severe: a sign-off waits for a correction or an answer; check: worth a look; note: for information."""
KIND_WORDS: Final[Mapping[str, str]] = {
    "missing": "未报",
    "unit": "单位疑似有误",
    "negative": "负数",
    "falling": "累计减少",
    "step": "累计与各月不符",
    "joined": "1—2月合报",
    "base": "同期数与上年所报不同",
    "outlier": "与往月相差悬殊",
    "repeated": "与上月相同",
    "stop": "生产状态与产值不符",
    "smaller": "累计小于本月",
    "no_base": "没有同期数",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a finding: by whom, when."""

    id: str
    text: str
    actor: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one firm's month. ``words``: what, with the numbers; ``advice``: what to do. ``suggested``: the
    values the form's fields would take if the suspicion is right (a field of MonthlyOutput → 元), empty where none can be
    worked out. ``answer``: the newest explanation given."""

    enterprise_id: str
    number: int
    name: str
    month: str
    kind: str
    severity: Severity
    words: str
    advice: str = ""
    suggested: Mapping[str, int] = field(default_factory=dict)
    row_id: str = ""
    answer: Answer | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Firm, month and kind: what an answer is kept for."""
        return self.enterprise_id, self.month, self.kind

    @property
    def open(self) -> bool:
        """Nobody has explained it."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A month somebody signed off: it is locked from then on."""

    id: str
    month: str
    day: date
    signed_by: str
    remark: str = ""

    @property
    def words(self) -> str:
        """ "2021-09 已于 2021-10-15 由张三签认锁定"."""
        by = f"由{self.signed_by}" if self.signed_by else ""
        return f"{self.month} 的产值已于 {self.day.isoformat()} {by}签认锁定"


@dataclass(frozen=True, slots=True)
class Health:
    """A month's reports looked at. ``expected``: firms on the register at the month's end; ``filed``: of them with an amount.
    ``findings``: the severe first, then by firm's number."""

    month: str
    day: date
    expected: int
    filed: int
    findings: tuple[Finding, ...]
    signed: SignOff | None = None

    @property
    def waiting(self) -> tuple[Finding, ...]:
        """Severe findings nobody has explained: what keeps the month from being signed off."""
        return tuple(one for one in self.findings if one.severity == "severe" and one.open)


@dataclass(frozen=True, slots=True)
class Filer:
    """A firm that reports. ``days_late``: days after the due day (of a missing report: until ``day``), 0 in time."""

    enterprise_id: str
    number: int
    name: str
    district: str
    filed_day: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class Filing:
    """Who has filed a month as of ``day``: firms on the register at the month's end. ``due``: the day reports are due."""

    month: str
    day: date
    due: date
    filed: tuple[Filer, ...]
    missing: tuple[Filer, ...]

    @property
    def late(self) -> tuple[Filer, ...]:
        """Those that filed after the due day."""
        return tuple(one for one in self.filed if one.days_late > 0)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """调整数: by how much a firm's reported cumulative differs from the cumulative before it and the months since, in 元:
    ``cum_yuan`` = ``before_yuan`` + ``months_yuan`` + ``gap_yuan``. ``month``: where it shows. ``since``: the month of the
    cumulative before ("": none, from January). ``joined``: some month since was not told alone (1—2月 in one), so the rest
    is no adjustment but several months together. ``side``: the output itself or the base its form states."""

    enterprise_id: str
    number: int
    name: str
    month: str
    since: str
    cum_yuan: int
    before_yuan: int
    months_yuan: int
    gap_yuan: int
    joined: bool
    side: Literal["now", "base"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A dated correction of a signed-off month, as it is listed. ``before``/``after``: amounts by field; an empty ``before``
    is a report that came late."""

    id: str
    output_id: str
    enterprise_id: str
    name: str
    month: str
    day: date
    reason: str
    actor: str
    before: Mapping[str, int | None]
    after: Mapping[str, int | None]
