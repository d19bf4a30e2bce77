"""Districts, parks, segments, categories, units and banks as rows name them, against the ledger's own lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chain_office.db import reference
from chain_office.db.models import Bank, Category, District, Named, Park, Segment, Unit
from chain_office.domain.directory import Directory, Entry, Match, UnitCell
from chain_office.domain.names import name_key, place_words

if TYPE_CHECKING:
    from chain_office.services.importing.planner import Planner
    from chain_office.services.importing.rows import Incoming

_UNIT_NAME = re.compile(r"(?:局|委|办|办公室|政府|管委会|中心|支队|公司|分行|法院|检察院)$")
_BRANCH = re.compile(r"^(.+?银行|[工农中建交]行)[\u4e00-\u9fff]{2,10}(?:分行|支行|营业部|分理处)$")
_ENOUGH = 2
"""Characters a word needs before it may stand for part of a name."""
_FIELDS: dict[str, tuple[type[Named], str]] = {
    "district": (District, "县市区"),
    "park": (Park, "园区"),
    "segment": (Segment, "产业链环节"),
    "category": (Category, "问题类别"),
}


class Places:
    """Look-ups over the ledger's named things. A name nobody knows is kept as a new, unverified entry and said so."""

    def __init__(self, planner: Planner, city: str) -> None:
        self._planner = planner
        self._city = city
        self._misprints = {entry["short"]: tuple(entry.get("misprints", ())) for entry in reference.load()["banks"]}
        self._directories: dict[type[Named], Directory] = {}

    def _directory(self, model: type[Named]) -> Directory:
        if model not in self._directories:
            entries = [
                Entry(
                    id=row["id"],
                    name=row["name"],
                    short=row["short"] or "",
                    aliases=tuple((row["aliases"] or "").splitlines()),
                    kind=row["kind"] or "",
                    doubtful=self._misprints.get(row["short"], ()) if model is Bank else (),
                    verified=bool(row["verified"]),
                )
                for row in self._planner.table(model).values()
            ]
            self._directories[model] = Directory(entries, city=self._city)
        return self._directories[model]

    def words(self) -> tuple[str, ...]:
        """Place names that are not distinctive in an enterprise's name."""
        return place_words(self._city, (row["name"] for row in self._planner.table(District).values()))

    def bank_words(self) -> tuple[str, ...]:
        """Every name a bank goes by."""
        words: list[str] = []
        for entry in self._directory(Bank).entries:
            words += [entry.name, entry.short, *entry.aliases]
        return tuple(word for word in words if word)

    def look_up(self, row: Incoming, field: str) -> str | None:
        """The id of what a district, park, segment or category cell names."""
        text = row.text(field)
        if not text:
            return None
        model, label = _FIELDS[field]
        match = self._directory(model).resolve(text)
        if match.entry is None and model is Segment:
            match = self._contained(match)
        return self._accept(row, field, model, label, match)

    def _contained(self, match: Match) -> Match:
        """环节 written a little differently: a part of a segment's name ("化工新材料" of "化工新材料(钛白粉等)"), else the
        segment whose word stands in it ("铜冶炼"), if just one does."""
        key = name_key(match.text)
        within: dict[str, Entry] = {}
        around: dict[str, Entry] = {}
        for entry in self._directory(Segment).entries:
            parts = [name_key(part) for part in re.split(r"[/(（)）、]", entry.name)]
            if key in parts or (
                len(key) >= _ENOUGH and any(part.startswith(key) or part.endswith(key) for part in parts)
            ):
                within[entry.id] = entry
            if any(name_key(word) in key for word in (entry.name, *parts, *entry.aliases) if name_key(word)):
                around[entry.id] = entry
        fits = within or around
        if len(fits) != 1:
            return match
        entry = next(iter(fits.values()))
        return Match(match.text, entry, (f"“{match.text}”归入{entry.name}",))

    def _accept(self, row: Incoming, field: str, model: type[Named], label: str, match: Match) -> str | None:
        if match.entry is not None:
            for warning in match.warnings:
                row.warn(field, warning)
            return match.entry.id
        if any("可能是" in warning for warning in match.warnings):
            row.warn(field, match.warnings[0])
            return None
        row.warn(field, f"{label}名录里没有“{match.text}”，已新增，请核对")
        return self._add(model, match.text, label)

    def _add(self, model: type[Named], name: str, kind: str) -> str:
        made = self._planner.insert(model, {"name": name, "short": name, "kind": kind, "verified": False})
        self._directories.pop(model, None)
        return made

    def units(self, row: Incoming, field: str) -> UnitCell | None:
        """The units a cell names, lead first; warnings go on the row."""
        text = row.text(field)
        if not text:
            return None
        cell = self._directory(Unit).read_units(text, first_leads=field == "lead_unit")
        for warning in cell.warnings:
            if not warning.startswith("名录里没有"):
                row.warn(field, warning)
        return cell

    def unit_of_group(self, row: Incoming) -> str | None:
        """The unit the group row above names ("（一）市科技局（3个）"), in a table that has no column for units."""
        group = row.parsed.group.rpartition("/")[2]
        if not _UNIT_NAME.search(group) or any(name == "lead_unit" for _, name in row.table.columns):
            return None
        row.values["lead_unit"] = group
        return self._accept(row, "lead_unit", Unit, "单位", self._directory(Unit).resolve(group))

    def unit_id(self, row: Incoming, field: str, match: Match) -> str | None:
        """The id of a unit a cell named; an unknown one is added, unverified."""
        return self._accept(row, field, Unit, "单位", match)

    def district_units(self) -> tuple[str, ...]:
        """The units of all districts (各县市区)."""
        return tuple(row["id"] for row in self._planner.table(Unit).values() if row["kind"] == "县市区")

    def banks(self, row: Incoming, field: str, text: str) -> tuple[str, ...]:
        """Ids of the banks a text names; unknown ones are added, unverified."""
        found = []
        for match in self._directory(Bank).resolve_all(text):
            bank = self._accept(row, field, Bank, "银行", self._head_office(match))
            if bank:
                found.append(bank)
        return tuple(dict.fromkeys(found))

    def _head_office(self, match: Match) -> Match:
        """A branch nobody listed ("工商银行江浦分行") is its bank, if that is listed."""
        branch = _BRANCH.match(name_key(match.text)) if match.entry is None else None
        entry = self._directory(Bank).resolve(branch[1]).entry if branch else None
        return Match(match.text, entry, (f"“{match.text}”归入{entry.short or entry.name}",)) if entry else match

    def park_named(self, name: str) -> str | None:
        """The park a borrower's name means, if it is one."""
        entry = self._directory(Park).resolve(name).entry
        return entry.id if entry else None

    def add_park(self, name: str) -> str:
        """A park nobody listed yet, unverified."""
        return self._add(Park, name, "园区")

    def is_public_body(self, name: str) -> bool:
        """Whether a name is a unit, park or district of the lists rather than an enterprise."""
        return any(self._directory(model).resolve(name).entry is not None for model in (Unit, Park, District))
