"""企业 rows: the register, contacts, and entries to and exits from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import Contact, District, Enterprise, RegisterSpell
from chain_office.domain.codes import home_regions, registered_elsewhere
from chain_office.domain.contacts import equals_masked, is_masked, read_people
from chain_office.domain.names import name_key
from chain_office.services.importing.context import Desk, corroborates, record_number_of

if TYPE_CHECKING:
    from datetime import date

    from chain_office.services.importing.planner import Row
    from chain_office.services.importing.rows import Incoming

_TEXTS = (
    "short_name", "legal_person", "address", "industry_code", "industry", "products", "chain_leader", "remark",
)  # fmt: skip
_ENTRY_WORDS = (
    ("新建", "new_build"), ("新投产", "new_build"), ("投产", "new_build"),
    ("规下", "promoted"), ("升规", "promoted"), ("转规上", "promoted"), ("达规", "promoted"),
)  # fmt: skip


def read_entry_kind(text: str | None) -> str | None:
    """规下转规上 → promoted, 新建投产 → new_build, anything else → None."""
    for word, kind in _ENTRY_WORDS:
        if text and word in text:
            return kind
    return None


class Enterprises(Desk):
    """Plans 企业 rows."""

    _home: tuple[str, ...] | None = None

    def plan(self, row: Incoming) -> None:
        """One enterprise with its contact and register spell."""
        name = row.text("name")
        if not name:
            raise row.refuse("name", "没有企业名称")
        values: dict[str, object] = {field: row.text(field) for field in _TEXTS}
        values["former_names"] = self._former(row)
        code = row.text("uscc")
        values["employees"] = row.take("employees")
        values["protected_since"] = row.day("protected_since")[0]
        values["district_id"] = self.places.look_up(row, "district")
        values["park_id"] = self.places.look_up(row, "park")
        values["segment_id"] = self.places.look_up(row, "segment")
        self._registered(row, code)
        firm = self._renamed(row, name, {**values, "uscc": code}) or self._identify(row, name, code)
        if firm is None:
            firm = self.firms.add(name, main=True, uscc=code, **{k: v for k, v in values.items() if v is not None})
        else:
            self._merge(row, firm, name, code, values)
        self._contact(row, firm)
        self._spell(row, firm)

    def _registered(self, row: Incoming, code: str | None) -> None:
        """A code of another city's registration office is pointed out when it is new."""
        if code and not self.firms.has_code(code):
            elsewhere = registered_elsewhere(code, self._regions())
            if elsewhere:
                row.warn("uscc", elsewhere)

    def _regions(self) -> tuple[str, ...]:
        if self._home is None:
            self._home = home_regions(one["code"] or "" for one in self.planner.table(District).values())
        return self._home

    def _former(self, row: Incoming) -> str | None:
        text = row.text("former_names")
        if not text:
            return None
        for mark in "、;；,，/\n":
            text = text.replace(mark, "\n")
        return "\n".join(part.strip() for part in text.split("\n") if part.strip()) or None

    def _renamed(self, row: Incoming, name: str, stated: dict[str, object]) -> str | None:
        """The enterprise whose record number a row carries under a name nobody has: our export came back with the
        name edited. The former name is kept."""
        number = record_number_of(row.text("record_no"), "QY")
        known = self.planner.find(Enterprise, number=number) if number is not None else None
        if known is None or self.firms.core(known["name"]) == self.firms.core(name):
            return None
        code = stated["uscc"]
        found = self.firms.find(name, str(code) if code else None)
        if found.rivals or found.id not in {None, known["id"]} or not corroborates(known, stated):
            return None
        former = [*(known["former_names"] or "").splitlines(), known["name"]]
        row.warn("name", f"“{known['name']}”改名为“{name}”，原名记入曾用名")
        self.planner.update(
            Enterprise,
            known["id"],
            {
                "name": name,
                "name_key": name_key(name),
                "name_core": self.firms.core(name),
                "former_names": "\n".join(dict.fromkeys(former)),
            },
        )
        return str(known["id"])

    def _identify(self, row: Incoming, name: str, code: str | None) -> str | None:
        number = record_number_of(row.text("record_no"), "QY")
        if number is not None:
            known = self.planner.find(Enterprise, number=number)
            if known is not None and self.firms.core(known["name"]) == self.firms.core(name):
                return str(known["id"])
        found = self.firms.find(name, code)
        for warning in found.warnings:
            row.warn("name", warning)
        if found.rivals:
            choices = (*found.rivals, "新企业")
            answer = row.ask(
                "name", f"“{name}”可能是{'、'.join(found.rivals)}，也可能是新企业，请指明", choices=choices
            )
            return None if answer == "新企业" else self.firms.find(answer, code).id
        return found.id

    def _merge(self, row: Incoming, firm: str, name: str, code: str | None, values: dict[str, object]) -> None:
        known = self.planner.table(Enterprise)[firm]
        changes = dict(values)
        if name_key(known["name"]) != name_key(name) and not self._is_known_name(firm, name):
            former = [*(known["former_names"] or "").splitlines(), name]
            changes["former_names"] = "\n".join(dict.fromkeys(one for one in former if one))
            row.warn("name", f"与已有的“{known['name']}”是同一家企业，这个写法记入曾用名")
        if code:
            changes["uscc"] = code
            if known["uscc"] and known["uscc"] != code:
                row.warn("uscc", f"信用代码与原有的 {known['uscc']} 不同，已按新的更新")
        self.planner.merge(Enterprise, firm, changes)
        self.firms.reindex(firm)

    def _is_known_name(self, firm: str, name: str) -> bool:
        known = self.planner.table(Enterprise)[firm]
        names = (known["short_name"], *(known["former_names"] or "").splitlines())
        return name_key(name) in {name_key(one) for one in names if one}

    def _contact(self, row: Incoming, firm: str) -> None:
        name, post, phone = row.text("contact"), row.text("post"), row.text("phone")
        people = read_people(row.text("contact_phone") or "") if not (name and phone) else ()
        if not people and name and not phone:
            people = read_people(name)
            name = name if not people else None
        for person in people:
            self._one_contact(firm, person.name or name, person.title or post, "、".join(person.phones) or phone)
        if not people and (name or phone):
            self._one_contact(firm, name, post, phone)

    def _one_contact(self, firm: str, name: str | None, post: str | None, phone: str | None) -> None:
        known = self._known_contact(firm, name, phone)
        if known is None:
            self.planner.insert(Contact, {"enterprise_id": firm, "name": name, "post": post, "phone": phone})
            return
        masked = phone is not None and (equals_masked(known["phone"], phone) or is_masked(phone))
        self.planner.merge(Contact, known["id"], {"name": name, "post": post, "phone": None if masked else phone})

    def _known_contact(self, firm: str, name: str | None, phone: str | None) -> Row | None:
        """The contact a row means: by name; else by number, if a name is wanting or the number comes masked, as it only
        does from our own export (then it is the name that was edited)."""
        theirs = self.planner.group(Contact, "enterprise_id", firm)
        for known in theirs:
            if known["name"] and name and name_key(known["name"]) == name_key(name):
                return known
        for known in theirs if phone else ():
            named = bool(known["name"] and name)
            if equals_masked(known["phone"], phone) and (not named or is_masked(phone)):
                return known
        return None

    def _spell(self, row: Incoming, firm: str) -> None:
        if row.take("is_scale") == "no" or self._says_small(row.text("scale_text")):
            if self.planner.group(RegisterSpell, "enterprise_id", firm):
                row.warn("is_scale", "台账里是在册规上企业，这里写不是规上，没有改动；如已退规请写明退规时间")
            else:
                row.warn("is_scale", "不是规上企业，只作名册外单位登记，不计入规上企业数")
            return
        entry, _ = row.day("entry_day", first_of_month=True)
        leave, _ = row.day("exit_day", first_of_month=True)
        kind_text = row.text("entry_kind")
        hints = (row.text("remark"), str(row.parsed.value("class_text") or "")) if entry else ()
        kind = next((found for one in (kind_text, *hints) if (found := read_entry_kind(one))), None)
        if kind_text and kind is None:
            row.warn("entry_kind", "看不出是规下转规上还是新建投产，入规方式留空")
        if kind:
            row.values["entry_kind"] = kind
        values = {"entry_day": entry, "entry_kind": kind, "exit_day": leave, "exit_reason": row.text("exit_reason")}
        known = self._known_spell(firm, entry, leave)
        if known is None:
            self._in_order(row, entry, leave)
            self.planner.insert(RegisterSpell, {"enterprise_id": firm, **values})
        else:
            self._in_order(row, entry or known["entry_day"], leave or known["exit_day"])
            self.planner.merge(RegisterSpell, known["id"], values)

    def _known_spell(self, firm: str, entry: date | None, leave: date | None) -> Row | None:
        """The stay on the register a row tells of: the one that began or ended on its days, else the last one, unless
        the row's lies before or after it."""
        spells = sorted(
            self.planner.group(RegisterSpell, "enterprise_id", firm), key=lambda one: str(one["entry_day"] or "")
        )
        same = [one for one in spells if entry and one["entry_day"] == entry]
        same += [one for one in spells if leave and one["exit_day"] == leave and (not entry or not one["entry_day"])]
        last = same[0] if same else spells[-1] if spells else None
        if last is None or same:
            return last
        after = entry and last["exit_day"] and entry >= last["exit_day"]
        before = entry and leave and last["entry_day"] and leave <= last["entry_day"]
        return None if after or before else last

    @staticmethod
    def _in_order(row: Incoming, entry: date | None, leave: date | None) -> None:
        if entry and leave and leave <= entry:
            raise row.refuse("exit_day", f"退规时间 {leave} 不晚于入规时间 {entry}，请核对")

    @staticmethod
    def _says_small(text: str | None) -> bool:
        return bool(text) and ("规下" in str(text) or "规模以下" in str(text))
