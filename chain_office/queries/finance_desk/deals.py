"""Needs and deals as they stood at a day, of one event or of all; read in four passes, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from chain_office.domain.loans import OF_ITS_OWN, Deal, Drawing, Ladder, Need, ladder
from chain_office.queries.register import ON_REGISTER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger

NO_BANK: Final = "未注明银行"
_MATCHED: Final = frozenset({"intent", "granted", "drawn"})


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting that needs or matches were brought to."""

    id: str
    name: str
    day: date | None
    matches: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at a day. ``event`` None: of all events, and of none."""

    day: date
    event: Event | None
    needs: tuple[Need, ...]
    deals: tuple[Deal, ...]

    @property
    def ladder(self) -> Ladder:
        """The ladder of it."""
        return ladder(self.day, self.needs, self.deals)


def events(ledger: Ledger, day: date | None = None) -> tuple[Event, ...]:
    """The matching events held by ``day`` (left out: all), the latest first."""
    rows = ledger.rows(
        "SELECT v.id, v.name, v.day, (SELECT count(*) FROM match m WHERE m.event_id = v.id AND m.deleted_at IS NULL), "
        "EXISTS (SELECT 1 FROM need n WHERE n.event_id = v.id AND n.deleted_at IS NULL) FROM meeting v "
        "WHERE v.deleted_at IS NULL AND (v.day IS NULL OR :day = '' OR v.day <= :day) ORDER BY v.day DESC, v.name",
        {"day": day.isoformat() if day else ""},
    )
    return tuple(
        Event(row_id, name, _day(at), int(matches)) for row_id, name, at, matches, wanted in rows if matches or wanted
    )


def known_banks(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Id and name of every bank in the book of names, by name."""
    rows = ledger.rows("SELECT id, coalesce(nullif(short, ''), name) FROM bank WHERE deleted_at IS NULL ORDER BY 2, 1")
    return tuple((row_id, name) for row_id, name in rows)


def standing(ledger: Ledger, day: date, event_id: str = "") -> Standing:
    """Needs and deals at ``day``. ``event_id``: of this event alone. Remembered until the ledger changes."""
    return ledger.recall(("finance standing", day, event_id), lambda: _read(ledger, day, event_id))


def ladder_of(ledger: Ledger, found: Standing) -> Ladder:
    """The ladder of what stands, worked out once for all views that show it."""
    event = found.event.id if found.event else ""
    return ledger.recall(("finance ladder", found.day, event, len(found.deals)), lambda: found.ladder)


def _read(ledger: Ledger, day: date, event_id: str) -> Standing:
    at = {"day": day.isoformat(), "event": event_id}
    event = next((one for one in events(ledger) if one.id == event_id), None) if event_id else None
    registered = {row[0] for row in ledger.rows(ON_REGISTER, {"day": at["day"]})}
    return Standing(day, event, _needs(ledger, at, registered), _deals(ledger, at, registered))


def _of_event(at: Mapping[str, str], alias: str) -> str:
    """The condition that keeps to one event, which its index then finds; nothing where all are wanted."""
    return f" AND {alias}.event_id = :event" if at["event"] else ""


_WHOSE: Final = (
    "t.enterprise_id, t.park_id, coalesce(e.name, k.name, '') FROM {0} t "
    "LEFT JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN park k ON k.id = t.park_id "
)


def _party(firm: str | None, park: str | None, registered: set[str]) -> str:
    if park is not None:
        return "park"
    return "" if firm is None else "firm" if firm in registered else "off"


def _needs(ledger: Ledger, at: Mapping[str, str], registered: set[str]) -> tuple[Need, ...]:
    rows = ledger.rows(
        f"SELECT t.id, coalesce(t.number, 0), t.event_id, t.need_yuan, t.approximate, {_WHOSE.format('need')}"
        "LEFT JOIN meeting v ON v.id = t.event_id AND v.deleted_at IS NULL WHERE t.deleted_at IS NULL "
        f"AND (v.day IS NULL OR v.day <= :day) {_of_event(at, 't')} ORDER BY t.number, t.id",
        at,
    )
    return tuple(
        Need(
            row_id,
            number,
            firm or park or "",
            name,
            _party(firm, park, registered),
            event or "",
            yuan,
            bool(approximate),
        )
        for row_id, number, event, yuan, approximate, firm, park, name in rows
    )


def _deals(ledger: Ledger, at: Mapping[str, str], registered: set[str]) -> tuple[Deal, ...]:
    granted, drawn = _grants(ledger, at), _drawings(ledger, at)
    rows = ledger.rows(
        "SELECT t.id, coalesce(t.number, 0), coalesce(t.bank_id, ''), "
        f"coalesce(nullif(b.short, ''), b.name, '{NO_BANK}'), coalesce(t.event_id, ''), coalesce(t.need_id, ''), t.reached, "
        "t.matched_day, t.intent_yuan, t.approximate, coalesce(t.fail_reason, ''), t.refused_day, t.asked_day, t.intent_day, "
        f"v.day, {_WHOSE.format('match')}LEFT JOIN bank b ON b.id = t.bank_id "
        "LEFT JOIN meeting v ON v.id = t.event_id AND v.deleted_at IS NULL "
        f"WHERE t.deleted_at IS NULL {_of_event(at, 't')} ORDER BY t.number, t.id",
        at,
    )
    made = (_deal(row, at["day"], granted.get(row[0], ()), drawn.get(row[0], ()), registered) for row in rows)
    return tuple(one for one in made if one is not None)


def _deal(
    row: tuple[Any, ...], day: str, grants: Sequence[tuple[Any, ...]], drawings: Sequence[Drawing], registered: set[str]
) -> Deal | None:
    """A match at a day; None where nothing of it had happened yet."""
    (row_id, number, bank_id, bank, event, need, reached, matched_day, intent, approximate, reason, refused_day, asked_day,
     intent_day, event_day, firm, park, name) = row  # fmt: skip
    matched = reached in _MATCHED and (matched_day is None or matched_day <= day)
    days = [one for one in (matched_day, asked_day, intent_day, refused_day, event_day) if one]
    if days and min(days) > day and not grants and not drawings:
        return None
    said_no = _refused(reached, reason, refused_day, [one for one in (refused_day, matched_day, event_day) if one], day)
    stage = (
        "drawn" if drawings else "granted" if grants else "refused" if said_no else "intent" if matched
        else "asked" if asked_day and asked_day <= day else "none"
    )  # fmt: skip
    happened = [one for one in days if one <= day] + [one[1] for one in grants]
    last = max(happened, default=None)
    known = max((one for one in (_day(last), *(drawn.day for drawn in drawings)) if one is not None), default=None)
    last_grant = _day(max((one[1] for one in grants), default=None))
    return Deal(
        row_id, number, firm or park or "", name, _party(firm, park, registered), bank_id, bank, event, need, stage, matched,
        intent if matched else None, sum(one[0] for one in grants) if grants else None, last_grant, tuple(drawings),
        reason if stage == "refused" else "", _day(refused_day) if stage == "refused" else None,
        (int(bool(approximate)) if matched and intent is not None else 0) + sum(bool(one[3]) for one in grants),
        sum(one[2] == "event" for one in grants), known,
    )  # fmt: skip


def _refused(reached: str, reason: str, refused_day: str | None, days: Sequence[str], day: str) -> bool:
    """Said no by ``day``: a match the books call refused, or one with a reason or a day of refusal and nothing granted since.
    One without a day of its own counts from the event on."""
    said = reached == "refused" or refused_day is not None or (bool(reason) and reached in {"intent", "none"})
    return said and (not days or days[0] <= day)


def _grants(ledger: Ledger, at: Mapping[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    rows = ledger.rows(
        "SELECT c.match_id, coalesce(c.granted_yuan, 0), c.day, c.dated_by, c.approximate FROM credit c "
        "JOIN match m ON m.id = c.match_id WHERE c.deleted_at IS NULL AND m.deleted_at IS NULL AND c.day <= :day "
        f"{_of_event(at, 'm')}",
        at,
    )
    found: dict[str, list[tuple[Any, ...]]] = {}
    for match, *grant in rows:
        found.setdefault(match, []).append(tuple(grant))
    return found


def _drawings(ledger: Ledger, at: Mapping[str, str]) -> dict[str, list[Drawing]]:
    rows = ledger.rows(
        "SELECT d.match_id, d.id, coalesce(d.drawn_yuan, 0), d.day, coalesce(d.loan_kind, ''), d.rate, "
        f"coalesce(d.drawn_term, ''), d.repay_day, d.approximate, d.dated_by, coalesce(d.remark, '') LIKE '%{OF_ITS_OWN}%' "
        "FROM drawdown d JOIN match m ON m.id = d.match_id WHERE d.deleted_at IS NULL AND m.deleted_at IS NULL "
        f"AND d.day <= :day{_of_event(at, 'm')} ORDER BY d.day, d.id",
        at,
    )
    found: dict[str, list[Drawing]] = {}
    for match, row_id, yuan, day, kind, rate, term, repay, approximate, dated_by, settled in rows:
        found.setdefault(match, []).append(
            Drawing(
                row_id, yuan, date.fromisoformat(day), kind, Decimal(str(rate)) if rate is not None else None, term,
                _day(repay), bool(approximate), dated_by == "event", bool(settled),
            )
        )  # fmt: skip
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
