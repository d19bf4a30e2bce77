"""Which enterprise a row means: by 统一社会信用代码, then by any of its names, then by the distinctive core of the name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.models import Enterprise
from chain_office.domain.names import name_core, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.services.importing.planner import Planner, Row


@dataclass(frozen=True, slots=True)
class Found:
    """A firm found, or not (``id`` None). ``warnings`` say what made it less than certain; ``rivals`` are the names
    that fit equally well, which only a person can choose among."""

    id: str | None
    warnings: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class Firms:
    """An index over the enterprises of the ledger and of the plan."""

    def __init__(self, planner: Planner, places: Iterable[str]) -> None:
        self._planner = planner
        self._places = tuple(places)
        self._cores: dict[str, str] = {}
        self._by_code: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._by_core: dict[str, set[str]] = defaultdict(set)
        for row in planner.table(Enterprise).values():
            self._index(row)

    def _index(self, row: Row) -> None:
        if row["uscc"]:
            self._planner.put(self._by_code, row["uscc"], row["id"])
        for name in (row["name"], row["short_name"], *(row["former_names"] or "").splitlines()):
            if name:
                self._note(self._by_key[name_key(name)], row["id"])
                self._note(self._by_core[self.core(name)], row["id"])

    def _note(self, firms: set[str], firm: str) -> None:
        if firm not in firms:
            firms.add(firm)
            self._planner.when_refused(lambda: firms.discard(firm))

    def core(self, name: str) -> str:
        """The distinctive core of a name, place names dropped."""
        if name not in self._cores:
            self._cores[name] = name_core(name, self._places)
        return self._cores[name]

    def name_of(self, firm: str) -> str:
        """The name on record."""
        return str(self._planner.table(Enterprise)[firm]["name"])

    def has_code(self, code: str) -> bool:
        """Whether a firm with this code is known."""
        return code in self._by_code

    def find(self, name: str, code: str | None = None) -> Found:
        """Find a firm. A code on record decides; a different code on both sides means a different firm."""
        if code and code in self._by_code:
            firm = self._by_code[code]
            if self.core(name) != self.core(self.name_of(firm)):
                return Found(firm, (f"信用代码与“{self.name_of(firm)}”相同，按同一家企业处理",))
            return Found(firm)
        exact = self._without_other_code(self._by_key.get(name_key(name), set()), code)
        if len(exact) == 1:
            return Found(next(iter(exact)))
        alike = exact or self._without_other_code(self._by_core.get(self.core(name), set()), code)
        if len(alike) == 1:
            firm = next(iter(alike))
            known = self.name_of(firm)
            return Found(firm, () if name_key(known) == name_key(name) else (f"按名称主干与“{known}”认作同一家企业",))
        if alike:
            return Found(None, (), tuple(sorted(self.name_of(one) for one in alike)))
        return Found(None)

    def _without_other_code(self, firms: set[str], code: str | None) -> set[str]:
        if not code:
            return firms
        table = self._planner.table(Enterprise)
        return {one for one in firms if not table[one]["uscc"] or table[one]["uscc"] == code}

    def add(self, name: str, *, main: bool = False, **values: object) -> str:
        """Plan a new enterprise (without a register spell it is an off-register party)."""
        row = {"name": name, "name_key": name_key(name), "name_core": self.core(name), **values}
        firm = self._planner.insert(Enterprise, row, main=main)
        self._index(self._planner.table(Enterprise)[firm])
        return firm

    def reindex(self, firm: str) -> None:
        """Take note of new names or a code."""
        self._index(self._planner.table(Enterprise)[firm])
