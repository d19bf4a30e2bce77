"""Everything a pack says, read once from the ledger at one date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db.settings import read_settings
from chain_office.domain.lights import YELLOW
from chain_office.domain.results import About
from chain_office.queries import (
    chain_map,
    desks,
    loans,
    output,
    output_coverage,
    output_desk,
    problem_list,
    project_progress,
    projects,
    register_detail,
    visit_coverage,
)
from chain_office.queries.projects_desk.standing import standings
from chain_office.services import figures
from chain_office.services.settings.rules import PROJECTS, in_words, read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.chain import Chain
    from chain_office.domain.figures import Headline
    from chain_office.domain.output_bridge import Bridge
    from chain_office.queries.desks import Desks
    from chain_office.queries.loans import BankLoans, Loan, Needs
    from chain_office.queries.output import Growth, MonthPoint
    from chain_office.queries.problem_list import Standing, UnitTally
    from chain_office.queries.project_progress import Progress
    from chain_office.queries.projects import ProjectRow
    from chain_office.queries.register_detail import RegisteredFirm
    from chain_office.queries.visit_coverage import VisitNote

_NO_CHAIN = "产业链"


@dataclass(frozen=True, slots=True)
class Office:
    """Whose paper it is."""

    name: str
    chain: str
    sample: bool

    def about(self, day: date, source: str) -> About:
        """The small print of a chart."""
        return About(self.chain, day, source, self.sample)


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of a pack and the rows behind them."""

    day: date
    office: Office
    headline: Headline
    desks: Desks
    register: tuple[RegisteredFirm, ...]
    visits: tuple[VisitNote, ...]
    problems: tuple[Standing, ...]
    units: tuple[UnitTally, ...]
    loans: tuple[Loan, ...]
    banks: tuple[BankLoans, ...]
    needs: Needs
    events: tuple[tuple[str, str | None], ...]
    projects: tuple[ProjectRow, ...]
    progress: Mapping[str, Progress]
    started: int
    rules: tuple[tuple[str, str], ...]
    lit: Mapping[str, str]
    grown: Growth
    months: tuple[MonthPoint, ...]
    joint: frozenset[str]
    bridge: Bridge | None
    names: Mapping[str, str]
    chain: Chain


_DESKS = (
    ("enterprises", "企业名册"), ("output", "月度产值"), ("visits", "走访记录"), ("problems", "企业问题"),
    ("finance", "银企对接"), ("projects", "重点项目"),
)  # fmt: skip


def unrecorded(recorded: Desks) -> list[str]:
    """The desks that hold nothing, in the order of the paper."""
    return [word for desk, word in _DESKS if not getattr(recorded, desk)]


def office_of(ledger: Ledger) -> Office:
    """The office as its settings name it."""
    settings = read_settings(ledger)
    chain = settings.get("chain") or _NO_CHAIN
    return Office(settings.get("office") or f"{chain}推进办公室", chain, settings.get("sample") == "true")


def gather(ledger: Ledger, day: date) -> Facts:
    """Read it all."""
    grown = output.growth(ledger, day)
    standing = problem_list.standing(ledger, day)
    lent = loans.loans(ledger, day)
    return Facts(
        day=day,
        office=office_of(ledger),
        headline=figures.headline(ledger, day),
        desks=desks.recorded(ledger),
        register=register_detail.on_register(ledger, day),
        visits=visit_coverage.visits(ledger, day),
        problems=standing,
        units=problem_list.by_lead_unit(standing),
        loans=lent,
        banks=loans.by_bank(lent),
        needs=loans.needs(ledger),
        events=loans.matching_events(ledger, day),
        projects=projects.pipeline(ledger, day),
        progress=project_progress.progress(ledger, day),
        started=project_progress.started_in_year(ledger, day),
        rules=tuple((rule.light, in_words(PROJECTS, rule)) for rule in read_rules(ledger, PROJECTS)),
        lit={one.id: one.light.replace("amber", YELLOW) for one in standings(ledger, day).values() if one.light},
        grown=grown,
        months=output.by_month(ledger, day),
        joint=frozenset() if grown.to_month is None else output_coverage.joint_january(ledger, grown.to_month[:4], day),
        bridge=output_desk.bridge(ledger, day),
        names=register_detail.firm_names(ledger),
        chain=chain_map.chain(ledger, day),
    )
