"""撤销 and 重做: one whole write taken back if nothing later stands on it; and one change of one field put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db import batches
from chain_office.db import undo as taking
from chain_office.db.forms import FLOW, forms
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit, Saved
from chain_office.queries.editing.rows import recorded, version
from chain_office.queries.editing.writes import Wrote, change, newest, wrote
from chain_office.services.editing.binning import TABLES, bin_records, unbin
from chain_office.services.editing.coming_back import settled, settled_again
from chain_office.services.editing.saving import save

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_UNDO, _REDO = "撤销：", "重做："


def undo(ledger: Ledger, write_no: int, actor: str) -> Saved:
    """Take a write back whole. Undoing an undo does the thing again. Raises KnownError when something stands on it."""
    told = wrote(ledger, write_no)
    if told is None or not told.rows:
        raise KnownError("这一步没有改动什么，不用撤销。")
    batch = next((one for one in batches.batches(ledger) if one.number == write_no), None)
    if batch is not None:
        if batch.undone:
            raise KnownError("这次导入已经撤销过了。")
        batches.take_back(ledger, batch, actor, look=lambda writer: settled_again(ledger, writer))
        return Saved(newest(ledger), told.table, told.row_id, f"已撤销导入 {batch.books}")
    reason, said = _worded(told)
    with ledger.write(actor, reason) as writer:
        taking.refuse_if_built_on(ledger, write_no, "这一步")
        taking.take_back(writer, write_no)
        settled(ledger, writer)
        return Saved(writer.write_no, told.table, told.row_id, said)


def _worded(told: Wrote) -> tuple[str, str]:
    """The reason of the write that takes one back, and what is said."""
    if told.reason.startswith(_UNDO):
        what = told.reason.removeprefix(_UNDO)
        return f"{_REDO}{what}", f"已重做：{what}"
    what = told.reason.removeprefix(_REDO)
    return f"{_UNDO}{what}", f"已撤销：{what}"


def restore_change(ledger: Ledger, history_no: int, actor: str) -> Saved:
    """恢复此次修改: put back what one field was before that line of the history. Looked at like any other edit, only that
    what was saved before is not asked about again."""
    told = change(ledger, history_no)
    if told is None:
        raise KnownError("找不到这次修改，可能台账已换；请刷新后再试。")
    if told.op != "update" or told.field is None:
        raise KnownError("新建不能单独恢复；不要这条记录，请移入回收站。")
    if told.field == "deleted_at" and told.table in TABLES:
        act = unbin if told.before is None else bin_records
        return act(ledger, told.table, [told.row_id], actor)
    why = FLOW.get(told.table, {}).get(told.field)
    if why is not None:
        raise KnownError(f"这一项不能单独恢复：{why}。")
    if told.table not in forms() or told.field not in {field.name for field in forms()[told.table]}:
        raise KnownError("这一项由程序记载，不能单独恢复。")
    value = recorded(told.table, told.field, told.before)
    edit = Edit(told.table, told.row_id, version(ledger, told.table, told.row_id), {told.field: value})
    saved = save(ledger, edit, actor, accept={"", *(field.name for field in forms()[told.table])})
    if not saved.write_no:
        return Saved(0, saved.table, saved.row_id, "现在就是修改前的样子，没有改动")
    label = forms()[told.table].field(told.field).spec.label
    return Saved(saved.write_no, saved.table, saved.row_id, f"{label}已恢复为修改前的值")
