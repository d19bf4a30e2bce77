"""Something with a day by which it is to be done, of whatever desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "deadline": ("问题时限", "时限"),
    "review": ("问题复核", "复核"),
    "look_back": ("销号回看", "回看"),
    "promise": ("走访承诺", "承诺"),
    "visit": ("计划走访", "走访"),
    "loan_review": ("贷款回访", "回访"),
    "repayment": ("贷款到期", "还贷"),
    "node": ("项目节点", "节点"),
    "start": ("计划开工", "开工"),
    "finish": ("计划竣工", "竣工"),
    "filing": ("产值报送", "报数"),
    "target": ("年度目标", "目标"),
}
"""Kind → its word, and that word where there is little room."""
_PAGES: Final = {
    "promise": "visits", "visit": "visits", "loan_review": "finance", "repayment": "finance", "node": "projects",
    "start": "projects", "finish": "projects", "filing": "output", "target": "enterprises",
}  # fmt: skip
_ORDER: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Due:
    """One duty still open at ``as_of``. ``id`` stays the same for as long as there is the record (a calendar that is
    imported again changes its entry). ``who`` does it, "" where nobody is named. ``lateness``: how late it is, where its desk
    counts that otherwise than in days."""

    id: str
    day: date
    kind: str
    words: str
    reference: str
    who: str
    as_of: date
    lateness: str = ""

    @property
    def word(self) -> str:
        """问题时限, 贷款回访 …"""
        return KINDS[self.kind][0]

    @property
    def short(self) -> str:
        """时限, 回访 …"""
        return KINDS[self.kind][1]

    @property
    def page(self) -> str:
        """The page that shows its record."""
        return _PAGES.get(self.kind, "problems")

    @property
    def late(self) -> bool:
        """Whether its day has passed."""
        return self.day < self.as_of

    @property
    def light(self) -> str:
        """Red after its day, amber on it, none before."""
        return "red" if self.late else "amber" if self.day == self.as_of else ""

    @property
    def when(self) -> str:
        """过期 5 天, 今天, 3 天; of a problem's deadline 逾期 3 个工作日, as its desk says it."""
        if self.lateness:
            return self.lateness
        days = (self.day - self.as_of).days
        return f"过期 {-days} 天" if days < 0 else f"{days} 天" if days else "今天"

    @property
    def order(self) -> tuple[date, int, str, str]:
        """By day, then by kind."""
        return self.day, _ORDER.index(self.kind), self.words, self.id
