"""Screening: the bench's reading and writing, and problems made from the notes of a visit."""

from __future__ import annotations

from chain_office.services.screening.bench import Bench, Shown, officers, read_bench, read_candidate
from chain_office.services.screening.deciding import Decision, decide
from chain_office.services.screening.phrases import phrases
from chain_office.services.screening.verdicts import save_verdict, set_category

__all__ = [
    "Bench", "Decision", "Shown", "decide", "officers", "phrases", "read_bench", "read_candidate", "save_verdict",
    "set_category",
]  # fmt: skip
