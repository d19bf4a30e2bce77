"""银企 rows: a borrower's need, and per bank what it answered, granted and paid out. Each rung is kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Match, Meeting, Need
from chain_office.domain import matching
from chain_office.domain.contacts import read_people
from chain_office.services.importing.context import Desk, record_number_of
from chain_office.services.importing.loans import Loans, Rung

if TYPE_CHECKING:
    from chain_office.domain.tables import ParsedCell
    from chain_office.services.importing.planner import Row
    from chain_office.services.importing.rows import Incoming

EVENT_KIND = "银企对接会"
_EVENT_TITLE = re.compile(r"对接会|对接活动|银企对接|签约|洽谈会|推进会|银企会")
_EVENT_FACT = re.compile(r"(?:对接|签约|洽谈)\S{0,4}(?:时间|日期)")
_NEED_TEXTS = ("purpose", "term", "guarantee", "first_loan", "contact", "phone")
_RUNGS = ("intent_yuan", "granted_yuan", "drawn_yuan")
_STAGES = {"intent": "意向", "granted": "授信", "drawn": "放款", "refused": "未达成", "none": "未对接"}


@dataclass(frozen=True, slots=True)
class Party:
    """A borrower: an enterprise or a park."""

    enterprise: str | None
    park: str | None

    @property
    def columns(self) -> dict[str, str | None]:
        """As stored."""
        return {"enterprise_id": self.enterprise, "park_id": self.park}


class Finance(Desk):
    """Plans 银企 rows."""

    def plan(self, row: Incoming) -> None:
        """One borrower's row: a need, or answers of one or more banks."""
        party = self._party(row)
        event = self._event(row)
        need = self._need(row, party, event)
        banks = self._banks(row)
        if not banks:
            self._without_bank(row)
            return
        for bank, cells in banks.items():
            self._match(row, party, bank, cells, event, need)

    def _party(self, row: Incoming) -> Party:
        name = row.text("enterprise")
        if not name:
            raise row.refuse("enterprise", "没有融资主体名称")
        code = row.text("uscc")
        if not code and self.firms.find(name).id is None:
            park = self.places.park_named(name)
            if park is None and re.search(r"(园区|工业园|产业园|开发区|高新区|经开区|集中区)$", name):
                row.warn("enterprise", f"园区名录里没有“{name}”，已新增，请核对")
                park = self.places.add_park(name)
            if park is not None:
                return Party(None, park)
        note = "贷款照收，该主体只作名册外单位登记，不计入规上企业数"
        return Party(self.firm(row, off_register_note=note, code=code), None)

    def _event(self, row: Incoming) -> Row | None:
        name = row.text("event")
        table = row.table
        if name:
            known = self.planner.find(Meeting, name=name)
            return known or self._new_event(name, row.day("event_day")[0] or row.table_day)
        day = row.table_day
        of_event = _EVENT_TITLE.search(table.title) or any(_EVENT_FACT.search(label) for label, _ in table.facts)
        if of_event and day is not None:
            for known in self.planner.where(Meeting, kind=EVENT_KIND):
                if known["day"] == day:
                    return known
            return self._new_event(f"{day.year}年{day.month}月{EVENT_KIND}", day)
        events = list(self.planner.where(Meeting, kind=EVENT_KIND))
        return events[0] if len(events) == 1 else None

    def _new_event(self, name: str, day: date | None) -> Row:
        made = self.planner.insert(Meeting, {"name": name, "kind": EVENT_KIND, "day": day})
        return self.planner.table(Meeting)[made]

    def _need(self, row: Incoming, party: Party, event: Row | None) -> str | None:
        amount = row.money("need_yuan")
        texts = {field: row.text(field) for field in _NEED_TEXTS}
        people = read_people(row.text("contact_phone") or "")
        if people:
            texts["contact"] = texts["contact"] or people[0].name or None
            texts["phone"] = texts["phone"] or "、".join(people[0].phones) or None
        known = self._known_need(party, event)
        if amount is None and known is None:
            return None
        values: dict[str, object] = {**texts, "need_yuan": amount, "existing_yuan": row.money("existing_yuan")}
        if amount is not None and amount < 0:
            raise row.refuse("need_yuan", "金额不能是负数，请核对")
        cell = row.cell("need_yuan")
        if cell is not None and cell.reading.approximate:
            values["approximate"] = True
        if known is not None:
            self.planner.merge(Need, known, values)
            return known
        event_id = event["id"] if event else None
        return self.planner.insert(Need, {**party.columns, "event_id": event_id, **_present(values)}, main=True)

    def _known_need(self, party: Party, event: Row | None) -> str | None:
        for known in self._of_party(Need, party):
            if event is None or known["event_id"] in {None, event["id"]}:
                return str(known["id"])
        return None

    def _of_party(self, model: type[Need | Match], party: Party) -> list[Row]:
        if party.enterprise:
            return self.planner.group(model, "enterprise_id", party.enterprise)
        return self.planner.group(model, "park_id", party.park or "")

    def _banks(self, row: Incoming) -> dict[str, dict[str, ParsedCell]]:
        """Bank id → its amount cells. Amounts under a bank's own heading belong to it; others to the row's one bank."""
        shared = {
            cell.field: cell
            for cell in reversed(row.parsed.cells)
            if cell.field in _RUNGS and not cell.bank and isinstance(cell.reading.value, int)
        }
        found: dict[str, dict[str, ParsedCell]] = {}
        for cell in row.parsed.cells:
            if cell.bank and cell.field in _RUNGS and isinstance(cell.reading.value, int) and cell.reading.value:
                for bank in self.places.banks(row, cell.field, cell.bank):
                    found.setdefault(bank, {})[cell.field] = cell
        text = row.text("bank")
        named = self.places.banks(row, "bank", text) if text else ()
        amounts = {field: cell for field, cell in shared.items() if cell.reading.value}
        if len(named) > 1 and amounts:
            answer = row.ask(
                "bank",
                "一行写了多家银行、只有一个金额，请指明这笔金额属于哪家银行",
                choices=tuple(text.split("、")) if text else (),
            )
            named = self.places.banks(row, "bank", answer)
        if not named and not found and amounts:
            named = self.places.banks(
                row, "bank", row.ask("bank", "有金额但没有写明银行，请指明是哪家银行", topic="bank")
            )
        for bank in named:
            found.setdefault(bank, {}).update(shared)
        return found

    def _without_bank(self, row: Incoming) -> None:
        if not isinstance(row.parsed.value("need_yuan"), int):
            row.warn("bank", "没有需求金额，也没有银行，只登记了融资主体")

    def _match(
        self,
        row: Incoming,
        party: Party,
        bank: str,
        cells: dict[str, ParsedCell],
        event: Row | None,
        need: str | None,
    ) -> None:
        intent = self._amount(row, cells, "intent_yuan")
        values: dict[str, object] = {
            field: row.text(field) for field in ("stage", "fail_reason", "bank_contact", "remark")
        }
        values |= {"intent_yuan": intent, "need_id": need}
        values |= {name: row.day(name)[0] for name in ("intent_day", "asked_day", "refused_day")}
        if "intent_yuan" in cells and cells["intent_yuan"].reading.approximate:
            values["approximate"] = True
        match = self._known_match(row, party, bank, intent)
        if match is None:
            event_id = event["id"] if event else None
            columns = {**party.columns, "bank_id": bank, "event_id": event_id, **_present(values)}
            match = self.planner.insert(Match, columns, main=True)
        else:
            self.planner.merge(Match, match, values)
        self._seen.add((row.table.sheet, match))
        loans = Loans(self.planner, row, event["day"] if event else None, self.answered_day, self._taken)
        days = [
            loans.granted(match, self._rung(row, cells, "granted_yuan", "granted_day")),
            loans.drawn(match, self._rung(row, cells, "drawn_yuan", "drawn_day")),
        ]
        self._reach(row, match, [values["intent_day"], event["day"] if event else None, *days])

    def _amount(self, row: Incoming, cells: dict[str, ParsedCell], field: str) -> int | None:
        cell = cells.get(field)
        if cell is None or not isinstance(cell.reading.value, int):
            return None
        if cell.reading.value < 0:
            raise row.refuse(field, f"金额不能是负数（{cell.text}），请核对")
        row.values[field] = cell.reading.value
        return cell.reading.value

    def _rung(self, row: Incoming, cells: dict[str, ParsedCell], field: str, day_field: str) -> Rung | None:
        amount = self._amount(row, cells, field)
        if not amount:
            return None
        return Rung(amount, row.day(day_field)[0], cells[field].reading.approximate, field)

    @property
    def _taken(self) -> set[tuple[str, str]]:
        """(sheet, 授信 or 放款) already said by a row of that sheet."""
        if not hasattr(self, "_taken_loans"):
            self._taken_loans: set[tuple[str, str]] = set()
        return self._taken_loans

    @property
    def _seen(self) -> set[tuple[str, str]]:
        if not hasattr(self, "_seen_matches"):
            self._seen_matches: set[tuple[str, str]] = set()
        return self._seen_matches

    def _known_match(self, row: Incoming, party: Party, bank: str, intent: int | None) -> str | None:
        """The match a row means. Two rows of one table with different 意向 are two loans; a newer book corrects one."""
        alike = [one for one in self._of_party(Match, party) if one["bank_id"] == bank]
        number = record_number_of(row.text("record_no"), "YQ")
        if number is not None:
            for one in alike:
                if one["number"] == number:
                    return str(one["id"])
        if not alike:
            return None
        if intent is None:
            return str(alike[0]["id"])
        for one in alike:
            if one["intent_yuan"] in {None, intent}:
                return str(one["id"])
        unseen = [one for one in alike if (row.table.sheet, one["id"]) not in self._seen]
        return str(unseen[0]["id"]) if unseen else None

    def _reach(self, row: Incoming, match: str, days: list[object]) -> None:
        """How far the match has come, and since when it counts as matched."""
        known = self.planner.table(Match)[match]
        drawn, granted = Loans.has(self.planner, match)
        reached = matching.reached(
            drawn=drawn,
            granted=granted,
            stage=known["stage"],
            fail_reason=known["fail_reason"],
            intent_yuan=known["intent_yuan"],
        )
        dated = [day for day in (known["matched_day"], *days) if isinstance(day, date)]
        self.planner.update(Match, match, {"reached": reached, "matched_day": min(dated) if dated else None})
        row.values["stage"] = _STAGES[reached]


def _present(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
