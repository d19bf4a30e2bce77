"""What hangs on the large ledger's firms and projects: loans, months and nodes of projects, plans and promises of visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Rows = Iterator[Sequence[object]]

NEEDS, PROMISES, PLANNED = 10_000, 50_000, 20_000
YEAR = 2021
_MONTHS = 9
_NODES = ("用地", "环评", "封顶")


def desk_rows(
    firms: Sequence[str], projects: Sequence[str], visits: Sequence[str], banks: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """(table, columns, rows) of everything, parents first."""
    event, campaign = new_id(), new_id()
    day = f"{YEAR - 1}-11-18"
    yield "meeting", ("id", "name", "kind", "day", "precision"), iter([(event, "银企对接会", "银企对接会", day, "day")])
    needs = [new_id() for _ in range(NEEDS)]
    yield "need", ("id", "number", "enterprise_id", "event_id", "need_yuan", "approximate"), _needs(needs, firms, event)
    matches = [(new_id(), place) for place in range(2 * NEEDS)]
    yield (
        "match",
        (
            "id",
            "number",
            "need_id",
            "enterprise_id",
            "bank_id",
            "event_id",
            "intent_yuan",
            "intent_day",
            "matched_day",
            "reached",
            "approximate",
        ),
        (
            (
                one,
                place + 1,
                needs[place // 2],
                firms[place // 2],
                banks[place % len(banks)],
                event,
                5_000_000,
                day,
                day,
                "drawn",
                0,
            )
            for one, place in matches
        ),
    )
    loan = ("id", "match_id", "day", "dated_by", "approximate")
    yield (
        "credit",
        (*loan, "granted_yuan"),
        ((new_id(), one, f"{YEAR}-01-{place % 28 + 1:02d}", "row", 0, 4_000_000) for one, place in matches),
    )
    yield (
        "drawdown",
        (*loan, "drawn_yuan", "loan_kind", "rate"),
        (
            (new_id(), one, f"{YEAR}-02-{place % 28 + 1:02d}", "row", 0, 3_000_000 + place, "新增", "4.35")
            for one, place in matches
        ),
    )
    yield (
        "project_plan",
        ("id", "project_id", "year", "year_plan_yuan"),
        ((new_id(), one, YEAR, 12_000_000) for one in projects),
    )
    yield (
        "project_month",
        ("id", "project_id", "month", "month_done_yuan", "year_done_yuan"),
        (
            (new_id(), one, f"{YEAR}-{month:02d}", 900_000, 900_000 * month)
            for one in projects
            for month in range(1, _MONTHS + 1)
        ),
    )
    yield (
        "project_node",
        ("id", "project_id", "name", "plan_day", "done_day"),
        (
            (
                new_id(),
                one,
                name,
                f"{YEAR}-{3 * place + 1:02d}-15",
                f"{YEAR}-{3 * place + 1:02d}-20" if number % 3 else None,
            )
            for number, one in enumerate(projects)
            for place, name in enumerate(_NODES, start=1)
        ),
    )
    yield (
        "campaign",
        ("id", "name", "from_day", "to_day"),
        iter([(campaign, "年底走访", f"{YEAR}-11-01", f"{YEAR}-12-31")]),
    )
    yield (
        "visit_plan",
        ("id", "campaign_id", "enterprise_id", "due_day"),
        ((new_id(), campaign, one, f"{YEAR}-12-{place % 28 + 1:02d}") for place, one in enumerate(firms[:PLANNED])),
    )
    yield (
        "promise",
        ("id", "visit_id", "text", "side", "due_day", "done_day"),
        (
            (
                new_id(),
                visits[place],
                "协调用电增容",
                "我方",
                f"{YEAR}-{place % 12 + 1:02d}-10",
                f"{YEAR}-{place % 12 + 1:02d}-08" if place % 3 else None,
            )
            for place in range(PROMISES)
        ),
    )


def _needs(needs: Sequence[str], firms: Sequence[str], event: str) -> Rows:
    return ((one, place + 1, firms[place], event, 10_000_000, 0) for place, one in enumerate(needs))
