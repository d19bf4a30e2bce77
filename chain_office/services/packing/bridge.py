"""From last year's published total to the base of the same firms: who entered, who left, what was restated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.queries import output_coverage, register, register_detail

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.output import Growth


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that explain one step, by name, and what they are worth in 元 on that step."""

    names: tuple[str, ...] = ()
    yuan: int = 0


@dataclass(frozen=True, slots=True)
class Bridge:
    """``published_yuan`` + entered + restated − left − silent + unexplained = ``base_yuan``.

    ``left``: off the register by the date; ``silent``: on it, but without a figure this year; ``built``: newly built,
    base 0, here with this year's output; ``unexplained``: a stated 上年公布数 against the firms' own sum.
    """

    published_yuan: int
    base_yuan: int
    entered: Group
    built: Group
    left: Group
    silent: Group
    restated: Group
    unexplained: int

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """The steps that are not nothing, as a chart labels them."""
        steps = (
            ("退规企业", -self.left.yuan),
            ("本年未报企业", -self.silent.yuan),
            ("新入规企业", self.entered.yuan),
            ("同期数调整", self.restated.yuan),
            ("公布数差额", self.unexplained),
        )
        return tuple((label, yuan) for label, yuan in steps if yuan)


def build(ledger: Ledger, grown: Growth, day: date) -> Bridge | None:
    """The bridge, or None where either end is not known."""
    published, base = grown.last_published_yuan, grown.sample.base_yuan
    if published is None or base is None or grown.from_month is None or grown.to_month is None:
        return None
    before = output_coverage.last_year_by_firm(ledger, grown.from_month, grown.to_month)
    kinds = register.entry_kinds(ledger)
    gone = {firm for firm, until in register_detail.exits(ledger).items() if until <= day}
    names = register_detail.firm_names(ledger)
    bases = {firm.enterprise: firm.base_yuan for firm in grown.firms if firm.base_yuan is not None}
    totals = {firm.enterprise: firm.total_yuan for firm in grown.firms}

    def group(firms: list[str], amounts: dict[str, int]) -> Group:
        return Group(tuple(names[firm] for firm in firms), sum(amounts[firm] for firm in firms))

    fresh = [firm for firm in bases if firm not in before]
    missing = [firm for firm in before if firm not in bases]
    changes = {firm: bases[firm] - before[firm] for firm in bases if firm in before and bases[firm] != before[firm]}
    return Bridge(
        published,
        base,
        group([firm for firm in fresh if bases[firm]], bases),
        group([firm for firm in fresh if not bases[firm] and kinds.get(firm) == "new_build"], totals),
        group([firm for firm in missing if firm in gone], before),
        group([firm for firm in missing if firm not in gone], before),
        group(list(changes), changes),
        published_gap(published, before),
    )


def published_gap(published: int, before: dict[str, int]) -> int:
    """What the firms' own figures of last year do not explain of the published total (with the sign of a step)."""
    return sum(before.values()) - published
