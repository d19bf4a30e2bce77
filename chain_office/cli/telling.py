"""Commands that tell figures and lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office.cli.saying import say, say_all, say_date

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from datetime import date

    from chain_office.services.ledgers import Ledger


def figures(options: argparse.Namespace) -> int:
    """The headline figures."""
    from chain_office.services import figures
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    if options.explain:
        return _explain(options)
    with open_existing(options.ledger, read_only=True) as ledger:
        headline = figures.headline(ledger, cut_off(ledger, options.as_of))
        sample = is_sample(ledger)
    if options.json:
        say(json.dumps(figures.flat(headline), ensure_ascii=False, indent=1))
        return 0
    say_date(headline.as_of, sample=sample)
    for figure in headline.figures:
        say(f"{figure.label}  {figures.shown(figure)}")
    for note in headline.notes:
        say(f"说明：{note}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    from chain_office.services import explaining
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        day = cut_off(ledger, options.as_of)
        if options.json:
            say(json.dumps(explaining.as_json(ledger, day, options.explain), ensure_ascii=False, indent=1))
            return 0
        lines, sample = explaining.as_lines(ledger, day, options.explain), is_sample(ledger)
    say_date(day, sample=sample)
    say_all(lines)
    return 0


def output(options: argparse.Namespace) -> int:
    """Output and its growth, told both ways and reconciled."""
    from chain_office.services.output import report

    return _told(options, report.as_json, report.as_lines, options.by or "")


def finance(options: argparse.Namespace) -> int:
    """The loan ladder by bank and borrower."""
    from chain_office.services import finance_report

    return _told(options, finance_report.as_json, finance_report.as_lines, options.event)


def _told(
    options: argparse.Namespace,
    as_json: Callable[[Ledger, date, str], object],
    as_lines: Callable[[Ledger, date, str], Iterable[str]],
    how: str,
) -> int:
    """A report as JSON, or as lines under its cut-off date."""
    from chain_office.services.ledgers import cut_off, is_sample, open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        day, sample = cut_off(ledger, options.as_of), is_sample(ledger)
        if options.json:
            say(json.dumps(as_json(ledger, day, how), ensure_ascii=False, indent=1))
            return 0
        lines = tuple(as_lines(ledger, day, how))
    say_date(day, sample=sample)
    say_all(lines)
    return 0


def problems(options: argparse.Namespace) -> int:
    """Problems: figures, rates, states and lights."""
    from chain_office.services import problem_reports

    return _told(options, problem_reports.as_json, problem_reports.as_lines, options.by or "")


def check(options: argparse.Namespace) -> int:
    """Whether the file is sound and the figures agree; exit code 1 if not."""
    from chain_office.services.checks import check_ledger
    from chain_office.services.ledgers import open_existing

    with open_existing(options.ledger, read_only=True) as ledger:
        results = check_ledger(ledger)
    for result in results:
        say(f"{'通过' if result.passed else '不符'}  {result.name}{'：' if result.detail else ''}{result.detail}")
    failed = sum(1 for result in results if not result.passed)
    say(f"共 {len(results)} 项，{'全部通过' if not failed else f'{failed} 项不符'}。")
    return 1 if failed else 0
