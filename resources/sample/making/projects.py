"""The 39 projects: six real ones with published facts only, the others invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from making.firms import full_name
from making.source import table

STAGES = ("竣工", "在建", "拟开工")


@dataclass(frozen=True, slots=True)
class Project:
    """One project. ``total`` in 亿元; plan and done in 万元; None where nothing is published."""

    stage: str
    name: str
    owner: str
    district: str
    total: Decimal | None
    plan: int | None
    done_year: int | None
    done_all: int | None
    years: str
    start: date | None
    finish: date | None
    nature: str
    content: str
    picture: str
    problems: str


def _number(text: str) -> int | None:
    return int(text) if text else None


def _project(row: list[str]) -> Project:
    stage, name, owner, district, total, plan, done_year, done_all, years, start, finish, *rest = row
    return Project(
        stage, name, owner[1:] if owner.startswith("=") else full_name(owner), district,
        Decimal(total) if total else None, _number(plan), _number(done_year), _number(done_all), years,
        date.fromisoformat(start) if start else None, date.fromisoformat(finish) if finish else None, *rest,
    )  # fmt: skip


PROJECTS = [_project(row) for row in table("projects")]
