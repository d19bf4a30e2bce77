"""What holds a project up: a problem of the ledger linked to it, or a new one made from it, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office import clock
from chain_office.db.models import Problem, ProblemEvent, ProjectCause, record_number
from chain_office.db.models.projects import NODES
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.names import text_core
from chain_office.domain.secrecy import find_secrecy_mark
from chain_office.domain.workflow import OPENING
from chain_office.queries.editing.rows import live, row
from chain_office.queries.projects_desk.candidates import Candidate, candidates
from chain_office.queries.projects_desk.standing import SOLVED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.editing.rows import Row

ALL_NODES: Final = NODES
"""Every usual node, in order."""
SOURCE: Final = "项目调度"
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Offered:
    """What may hold a project up: its firm's open problems first, then all others, the newest first."""

    project: str
    title: str
    problems: tuple[Candidate, ...]
    nodes: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]


def offer(ledger: Ledger, project: str, day: date) -> Offered:
    """What can be linked to a project at a day."""
    found = _project(ledger, project)
    names = tuple(node["name"] for node in live(ledger, "project_node", project_id=project))
    linked = {cause["problem_id"] for cause in live(ledger, "project_cause", project_id=project)}
    kinds = tuple((one["id"], one["short"] or one["name"]) for one in live(ledger, "category"))
    return Offered(
        project,
        _title(found),
        candidates(ledger, day, found["enterprise_id"] or "", linked),
        tuple(dict.fromkeys(names)),
        kinds,
    )


def link_causes(ledger: Ledger, project: str, problems: Sequence[str], node: str, actor: str) -> Saved:
    """Link problems to a project (to a node of it, "" for the whole), in one write. Raises :class:`KnownError`."""
    found = _project(ledger, project)
    known = {(cause["problem_id"], cause["node"] or "") for cause in live(ledger, "project_cause", project_id=project)}
    numbers = []
    for one in problems:
        problem = row(ledger, "problem", one)
        if problem is None or problem["deleted_at"] is not None:
            raise KnownError("选中的问题已不在台账里（可能刚移入回收站），请刷新后再试。")
        number = record_number("problem", problem["number"] or 0)
        if problem["state"] in SOLVED:
            raise KnownError(f"{number} 已经解决，不能再作为制约问题；请另选一个。")
        if (one, node) in known:
            raise KnownError(f"{number} 已经登记为这个项目的制约问题，不用重复登记。")
        numbers.append(number)
    if not numbers:
        raise KnownError("还没有选要关联的问题。")
    said = f"{_title(found)}关联制约问题 {'、'.join(numbers)}"
    with ledger.write(actor, said) as writer:
        made = writer.insert_many(
            ProjectCause, [{"project_id": project, "problem_id": one, "node": node or None} for one in problems]
        )
        return Saved(writer.write_no, "project_cause", made[0], said)


def new_cause(ledger: Ledger, project: str, text: str, node: str, category: str, actor: str) -> Saved:
    """A new problem from a project: registered in 待筛选 for its firm and district, and linked as its cause, in one write.
    Raises :class:`KnownError`."""
    found, text = _project(ledger, project), text.strip()
    if not text:
        raise KnownError("请先写清楚是什么问题。")
    if len(text) > _LONGEST:
        raise KnownError(f"问题有 {len(text)} 个字，请写在 {_LONGEST} 个字以内。")
    mark = find_secrecy_mark(text)
    if mark is not None:
        raise KnownError(mark.reason)
    number = record_number("project", found["number"] or 0)
    today = clock.today()
    with ledger.write(actor, f"由项目 {number} 新建制约问题") as writer:
        problem = writer.insert(
            Problem,
            {
                "enterprise_id": found["enterprise_id"], "district_id": found["district_id"], "text": text,
                "text_core": text_core(text), "category_id": category or None, "source": SOURCE, "collected_day": today,
                "state": "waiting",
            },
        )  # fmt: skip
        event = {"seq": 1, "kind": OPENING, "day": today, "state": "waiting", "text": f"登记（项目 {number}）"}
        writer.insert(ProblemEvent, {"problem_id": problem, **event})
        writer.insert(ProjectCause, {"project_id": project, "problem_id": problem, "node": node or None})
        stored = row(ledger, "problem", problem)
        made = record_number("problem", stored["number"] if stored is not None else 0)
        return Saved(writer.write_no, "problem", problem, f"由 {number} 新建了问题 {made}，现为待筛选，已列为制约问题")


def _project(ledger: Ledger, project: str) -> Row:
    found = row(ledger, "project", project)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这个项目已不在台账里（可能刚移入回收站），请刷新后再试。")
    return found


def _title(found: Row) -> str:
    return f"{record_number('project', found['number'] or 0)} {found['name']}"
