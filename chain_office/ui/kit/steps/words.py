"""How steps are offered: the letter each is chosen by, and which are the usual ones in a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES, VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.domain.workflow import Verb
    from chain_office.queries.step_offers import Selected

LETTERS: Final[Mapping[str, str]] = {
    "screen_in": "S", "reject": "B", "pool": "Z", "repool": "T", "solve_on_site": "X", "escalate": "U", "take_down": "Z",
    "reconsider": "C", "tell": "G", "assign": "J", "acknowledge": "Q", "return": "T", "reassign": "G", "progress": "F",
    "partial": "B", "ask_extension": "S", "extend": "Y", "refuse_extension": "N", "park": "L", "resume": "H",
    "remind": "C", "report": "J", "verify": "H", "fail": "T", "look_back": "K", "reopen": "C",
}  # fmt: skip
"""Steps that may be offered together have different letters."""
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "waiting": ("screen_in", "reject", "pool"),
    "rejected": ("tell", "reconsider"),
    "pooled": ("screen_in", "repool"),
    "to_assign": ("assign", "pool"),
    "solved_on_site": ("tell",),
    "escalated": ("take_down", "tell"),
    "assigned": ("acknowledge", "progress", "remind"),
    "acknowledged": ("progress", "report", "remind"),
    "doing": ("progress", "report", "remind"),
    "returned": ("reassign", "remind"),
    "partial": ("progress", "report", "extend"),
    "reported": ("verify", "fail"),
    "closed": ("look_back", "tell"),
    "parked": ("progress", "resume"),
}
_ASKED: Final = ("extend", "refuse_extension", "progress")
"""What is usual once a unit has asked for an extension."""
MOST_USUAL: Final = 3


def usual(offered: Sequence[Verb], problems: Sequence[Selected]) -> tuple[Verb, ...]:
    """The steps most often taken on what is selected, among those offered."""
    if not problems:
        return ()
    states = dict.fromkeys(one.state for one in problems)
    asked = len(problems) == 1 and problems[0].last == "ask_extension"
    wanted = _ASKED if asked else tuple(dict.fromkeys(verb for state in states for verb in _USUAL[state]))
    by_id = {verb.id: verb for verb in offered}
    found = [by_id[verb] for verb in wanted if verb in by_id]
    return tuple(found or offered)[:MOST_USUAL]


def not_offered(offered: Sequence[Verb], problems: Sequence[Selected]) -> tuple[tuple[Verb, str], ...]:
    """Of several problems: the steps several may take at once that some of these could take, and why not all can."""
    if len(problems) < 2:
        return ()
    known = {verb.id for verb in offered}
    found = []
    for verb in VERBS.values():
        rest = [one for one in problems if one.state not in verb.moves]
        if not verb.many or verb.id in known or len(rest) == len(problems):
            continue
        states = "、".join(dict.fromkeys(STATES[one.state].label for one in rest))
        which = "、".join(one.number for one in rest[:3]) + (f" 等 {len(rest)} 个" if len(rest) > 3 else "")
        found.append((verb, f"{which}是{states}，不能“{verb.label}”"))
    return tuple(found)


def titled(verb: Verb) -> str:
    """A step as a menu's entry: "交办(&J)"."""
    return f"{verb.label}(&{LETTERS[verb.id]})"
