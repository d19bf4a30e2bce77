"""节点模板: the nodes a kind of project goes through, put under a project in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chain_office import clock
from chain_office.db.models import Project, ProjectNode, record_number
from chain_office.db.models.projects import NODES
from chain_office.db.settings import put_settings, read_settings
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.editing.rows import live, row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger

NATURES: Final = ("新建", "扩建", "改建", "技改", "迁建")
_SETTING: Final = "project_nodes:"
_WITHOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "扩建": (),
    "改建": ("用地", "规划"),
    "技改": ("用地", "规划", "封顶"),
}
"""建设性质 → nodes such a project does not usually need."""


def usual_nodes(nature: str) -> tuple[str, ...]:
    """What a project of this 建设性质 goes through where the office says nothing else."""
    return tuple(name for name in NODES if name not in _WITHOUT.get(nature, ()))


def template(ledger: Ledger, nature: str) -> tuple[str, ...]:
    """The nodes of a 建设性质 as the office keeps them, in order."""
    kept = read_settings(ledger).get(_SETTING + nature, "")
    return tuple(kept.splitlines()) if kept else usual_nodes(nature)


def save_template(ledger: Ledger, nature: str, names: Sequence[str], actor: str) -> Saved:
    """Keep the nodes of a 建设性质. Raises :class:`KnownError` for none, or one twice."""
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        raise KnownError("节点模板里一个节点也没有；请至少写一个。")
    twice = next((name for at, name in enumerate(wanted) if name in wanted[:at]), "")
    if twice:
        raise KnownError(f"节点“{twice}”写了两次，请去掉一个。")
    with ledger.write(actor, f"修改{nature or '其他'}项目的节点模板") as writer:
        put_settings(writer, {_SETTING + nature: "\n".join(wanted)})
        return Saved(writer.write_no, "setting", "", f"{nature or '其他'}项目的节点模板已保存，共 {len(wanted)} 个节点")


def apply_template(ledger: Ledger, ids: Sequence[str], actor: str) -> Saved:
    """Put the nodes of its template under each of these projects; those it has stay as they are. What the project itself
    says is taken over: 开工 is planned and done on its own days, 投产 planned for its 计划竣工. One write for all."""
    wanted: list[dict[str, Any]] = []
    names: list[str] = []
    for project in ids:
        found = row(ledger, "project", project)
        if found is None or found["deleted_at"] is not None:
            raise KnownError("选中的项目已不在台账里（可能刚移入回收站），请刷新后再试。")
        has = {node["name"] for node in live(ledger, "project_node", project_id=project)}
        missing = [name for name in template(ledger, found["nature"] or "") if name not in has]
        if missing:
            names.append(f"{record_number('project', found['number'] or 0)}")
        wanted += [_node(project, name, found) for name in missing]
    if not wanted:
        return Saved(0, "project_node", "", "这些项目的节点已经齐全，没有添加")
    many = names[0] if len(names) == 1 else f"{len(names)} 个项目"
    with ledger.write(actor, f"{many}套用节点模板") as writer:
        made = writer.insert_many(ProjectNode, wanted)
        return Saved(writer.write_no, "project_node", made[0], f"{many}套用节点模板，添加了 {len(made)} 个节点")


def _node(project: str, name: str, found: Mapping[str, Any]) -> dict[str, Any]:
    known = {"开工": ("plan_start", "start_day"), "投产": ("plan_finish", "finish_day")}.get(name)
    plan, done = (found[column] for column in known) if known else (None, None)
    return {"project_id": project, "name": name, "plan_day": plan, "done_day": done, "owner": None}


def finish_nodes(ledger: Ledger, ids: Sequence[str], day: date, actor: str) -> Saved:
    """Register nodes as done on a day, in one write. Raises :class:`KnownError` for one that is gone or done already."""
    if day > clock.today():
        raise KnownError(f"{day} 还没有到（今天 {clock.today()}），不能登记完成；请把截止日期调到今天或以前。")
    found = []
    for one in ids:
        node = row(ledger, "project_node", one)
        if node is None or node["deleted_at"] is not None:
            raise KnownError("选中的节点已不在台账里，请刷新后再试。")
        if node["done_day"] is None:
            found.append(node)
    if not found:
        raise KnownError("选中的节点都已经登记完成。")
    project = row(ledger, Project._meta.table_name, found[0]["project_id"])
    what = f"“{found[0]['name']}”" if len(found) == 1 else f" {len(found)} 个节点"
    whose = f"{project['name']}的" if len(found) == 1 and project is not None else ""
    with ledger.write(actor, f"登记{whose}{what.strip()}完成") as writer:
        for node in found:
            writer.update(ProjectNode, node["id"], {"done_day": day})
        return Saved(writer.write_no, "project_node", found[0]["id"], f"{whose}{what.strip()}登记为 {day} 完成")
