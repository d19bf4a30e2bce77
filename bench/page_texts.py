"""What the timed papers say, made before the clock starts."""

from __future__ import annotations

from bench.wording import Writer


def texts(number: int) -> list[tuple[str, ...]]:
    """The rows of a list of problems."""
    words = Writer(8)
    return [
        (
            str(at),
            words.firm(at),
            words.problem(),
            f"{words.odd(2)}局",
            "2021-09-15",
            "2021-11-30",
            words.dice.choice(("已销号", "办理中", "已报结待核实")),
            "市级",
        )
        for at in range(1, number + 1)
    ]
