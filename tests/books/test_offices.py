"""Every invented office's book, read by the program as a careful person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.offices import (
    finance_books,
    harder_books,
    odd_books,
    output_books,
    plain_books,
    problem_books,
    project_books,
    register_books,
    whole_books,
)
from tests.books.running import Case, Report, figures, read_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CASES = (
    *output_books.CASES,
    *project_books.CASES,
    *finance_books.CASES,
    *problem_books.CASES,
    *register_books.CASES,
    *whole_books.CASES,
    *harder_books.CASES,
    *odd_books.CASES,
    *plain_books.CASES,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_book_gives_what_a_careful_reader_gets(case: Case, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.ledger"
    books = case.make(tmp_path)
    report = read_in(ledger, *books)
    for words in case.asked:
        assert [q for q in report.questions if words in q["text"]], report.questions
    if not case.asked:
        assert not report.questions
    if case.answers:
        ledger.unlink(missing_ok=True)
        report = read_in(ledger, *books, answers=_answers(case.answers, report))
        assert not report.questions
    assert report.code == case.code, report.errors
    _says(case, report)
    if case.figures:
        found = figures(ledger, case.as_of)
        assert {key: found[key] for key in case.figures} == dict(case.figures)
        _balances(found)


def _answers(wanted: Mapping[str, str], report: Report) -> dict[str, object]:
    found: dict[str, object] = {}
    for question in report.questions:
        answer = [text for words, text in wanted.items() if words in question["text"]]
        assert answer, question
        found[question["id"]] = answer[0]
    return found


def _says(case: Case, report: Report) -> None:
    counts = report.counts()
    assert {sheet: counts.get(sheet) for sheet in case.counts} == dict(case.counts)
    for kind, wanted in (("refused", case.refused), ("warned", case.warned)):
        said = report.said(kind)
        for row, words in wanted:
            assert [one for one in said if one[1] == row and words in one[4] + one[3] + one[2]], (
                kind,
                row,
                words,
                said,
            )
    if not case.refused and not case.code:
        assert not report.said("refused")
    for (sheet, row), values in case.values.items():
        found = report.values(sheet, row)
        assert {name: found.get(name) for name in values} == dict(values)
    read = {sheet["sheet"] for sheet in report.sheets}
    assert not read & set(case.unread)


def _balances(found: Mapping[str, object]) -> None:
    """meanings.md: each problem in one bucket, each project at one stage."""

    def total(*keys: str) -> int:
        return sum(int(str(found[f"problems.{key}"])) for key in keys)

    assert total("collected") == total("screened_in", "rejected", "pooled", "waiting")
    assert total("screened_in") == total("assigned", "to_assign", "solved_on_site", "escalated")
    assert total("assigned") == total("closed", "reported", "open", "parked")
    assert total("overdue") <= total("open", "reported")
