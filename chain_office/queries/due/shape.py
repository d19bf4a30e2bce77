"""Something with a day by which it is to be done, of whatever desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "deadline": ("问题时限", "problems"),
    "review": ("问题复核", "problems"),
    "look_back": ("销号回看", "problems"),
    "promise": ("走访承诺", "visits"),
    "visit": ("计划走访", "visits"),
    "loan_review": ("贷款回访", "finance"),
    "repayment": ("贷款到期", "finance"),
    "node": ("项目节点", "projects"),
    "start": ("计划开工", "projects"),
    "finish": ("计划竣工", "projects"),
    "filing": ("产值报送", "output"),
    "target": ("年度目标", "enterprises"),
}
"""Kind → its word, and the page its record is shown on."""
_ORDER: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Due:
    """One duty still open at ``as_of``. ``id`` stays the same for as long as there is the record (a calendar that is
    imported again changes its entry). ``who`` does it, "" where nobody is named. ``late``: its day has passed."""

    id: str
    day: date
    kind: str
    words: str
    reference: str
    who: str
    as_of: date

    @property
    def word(self) -> str:
        """问题时限, 贷款回访 …"""
        return KINDS[self.kind][0]

    @property
    def page(self) -> str:
        """The page that shows its record."""
        return KINDS[self.kind][1]

    @property
    def late(self) -> bool:
        return self.day < self.as_of

    @property
    def light(self) -> str:
        """Red after its day, amber on it, none before."""
        return "red" if self.late else "amber" if self.day == self.as_of else ""

    @property
    def when(self) -> str:
        """过期 5 天, 今天, 3 天; natural days."""
        days = (self.day - self.as_of).days
        return f"过期 {-days} 天" if days < 0 else f"{days} 天" if days else "今天"

    @property
    def order(self) -> tuple[date, int, str, str]:
        """By day, then by kind."""
        return self.day, _ORDER.index(self.kind), self.words, self.id
