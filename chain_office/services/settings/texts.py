"""Texts as people type them into settings: tidied, and pointed out where they carry a 密级 mark."""

from __future__ import annotations

from chain_office.domain.forms import Fault, Faulty
from chain_office.domain.plain import cell_text
from chain_office.domain.secrecy import find_secrecy_mark

LONGEST_LINE = 200
LONGEST_NOTE = 4000


def tidy(text: str) -> str:
    """One line: blanks at the ends gone, a line break is a blank."""
    return " ".join(cell_text(text).split())


def tidy_lines(text: str) -> tuple[str, ...]:
    """One word a line; a list written with 、 or ； is one too. Nothing twice."""
    parts = text.replace("、", "\n").replace("；", "\n").replace(";", "\n").splitlines()
    return tuple(dict.fromkeys(word for part in parts if (word := tidy(part))))


def look_at(name: str, label: str, text: str, *, most: int = LONGEST_LINE, insist: bool = False) -> tuple[Fault, ...]:
    """What is wrong with a text: too long, or a mark of secrecy in it (pointed out once, kept when asked again)."""
    if len(text) > most:
        return (Fault(name, f"“{label}”有 {len(text)} 个字，最多写 {most} 个"),)
    found = find_secrecy_mark(text)
    if found is not None and not insist:
        return (Fault(name, found.reason, stops=False),)
    return ()


def refuse(faults: tuple[Fault, ...]) -> None:
    """Raise :class:`Faulty` where there is anything to say."""
    if faults:
        raise Faulty(faults)
