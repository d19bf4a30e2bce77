"""环节 tree: segments named, added, moved; each act one write. What is shipped is filled in only where nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chain_office.db import reference
from chain_office.db.models import Segment, SegmentFlow
from chain_office.domain.chain import STREAMS, UNPLACED, UNPLACED_WORD
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.queries.editing.rows import live
from chain_office.services.settings.entries import read_entries
from chain_office.services.settings.entry_edits import add_entry, bin_entry, refuse_circle, save_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.db.ledger import Ledger
    from chain_office.services.settings.entries import Entry

TABLE: Final = "segment"


def rename(ledger: Ledger, segment_id: str, name: str, actor: str) -> Saved | None:
    """Another name; the old one stays known. None when it was that already."""
    return save_cell(ledger, TABLE, _entry(ledger, segment_id), "name", name, actor)


def add(ledger: Ledger, name: str, parent_id: str | None, stream: str, actor: str) -> Saved:
    """A new segment, the last of its brothers."""
    rows = live(ledger, TABLE)
    rank = 1 + max((one["rank"] or 0 for one in _brothers(rows, parent_id, stream)), default=0)
    where = {"parent_id": parent_id, "stream": (_top_stream(rows, parent_id) if parent_id else stream) or None}
    return add_entry(ledger, TABLE, name, actor, beside={**where, "rank": rank})


def bin_segment(ledger: Ledger, segment_id: str, actor: str) -> Saved:
    """Move a segment nothing uses to the bin; one that is used is refused, saying by what."""
    return bin_entry(ledger, TABLE, _entry(ledger, segment_id), actor)


def place(ledger: Ledger, segment_id: str, parent_id: str | None, stream: str, index: int, actor: str) -> Saved:
    """Put a segment under another (``parent_id``), or among the uppermost of a stream, as the ``index``-th there. What
    belongs to it moves with it. Raises :class:`Faulty` for a circle."""
    rows = live(ledger, TABLE)
    mine = next((one for one in rows if one["id"] == segment_id), None)
    if mine is None:
        raise KnownError("这个环节已不在台账里，请刷新后再试。")
    if parent_id is not None:
        refuse_circle(ledger, segment_id, mine["name"], parent_id)
        stream = _top_stream(rows, parent_id)
    brothers = [one for one in _brothers(rows, parent_id, stream) if one["id"] != segment_id]
    order = [*brothers[: max(0, index)], mine, *brothers[max(0, index) :]]
    changes: dict[str, dict[str, Any]] = {}
    for rank, one in enumerate(order, start=1):
        if one["rank"] != rank:
            changes[one["id"]] = {"rank": rank}
    moved = {"parent_id": parent_id, "stream": stream or None}
    differs = {name: value for name, value in moved.items() if (mine[name] or None) != value}
    if differs:
        changes.setdefault(segment_id, {}).update(differs)
    said = _told(rows, mine, parent_id, stream, order.index(mine) + 1)
    if not changes:
        return Saved(0, TABLE, segment_id, f"环节“{mine['name']}”没有移动")
    with ledger.write(actor, said) as writer:
        for one, values in changes.items():
            writer.update(Segment, one, values)
        return Saved(writer.write_no, TABLE, segment_id, said)


def lacking(ledger: Ledger) -> int:
    """How many places and flows the shipped data could fill in: segments it knows that have no place, and its flows where
    there are none at all."""
    rows = live(ledger, TABLE)
    flows = 0 if live(ledger, "segment_flow") else len(list(_usual_flows(rows)))
    return sum(1 for _ in _usual_places(rows)) + flows


def fill_usual(ledger: Ledger, actor: str) -> Saved:
    """Fill in what is shipped where a ledger of an earlier version says nothing: stream and rank of segments that have
    none and hang on no other, and the usual flows if there is no flow yet. What somebody wrote is never changed."""
    rows = live(ledger, TABLE)
    places = list(_usual_places(rows))
    flows = [] if live(ledger, "segment_flow") else list(_usual_flows(rows))
    if not places and not flows:
        return Saved(0, TABLE, "", "没有可以填的：环节的位置和流向都已有内容")
    with ledger.write(actor, "按通行划分填入环节的上下游位置和流向") as writer:
        for segment_id, values in places:
            writer.update(Segment, segment_id, values)
        for values in flows:
            writer.insert(SegmentFlow, values)
        said = f"已填入 {len(places)} 个环节的位置、{len(flows)} 条流向；已写的没有改动"
        return Saved(writer.write_no, TABLE, places[0][0] if places else "", said)


def _usual_places(rows: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    usual = {entry["id"]: entry for entry in reference.load()["segments"]}
    for one in rows:
        entry = usual.get(one["code"])
        if entry is not None and not one["stream"] and one["parent_id"] is None:
            yield one["id"], {"stream": entry["stream"], **({} if one["rank"] else {"rank": entry["rank"]})}


def _usual_flows(rows: list[Any]) -> Iterator[dict[str, Any]]:
    by_code = {one["code"]: one["id"] for one in rows if one["code"]}
    for flow in reference.load()["segment_flows"]:
        if flow["from"] in by_code and flow["to"] in by_code:
            yield {"source": by_code[flow["from"]], "target": by_code[flow["to"]], "product": flow["product"]}


def _entry(ledger: Ledger, segment_id: str) -> Entry:
    for one in read_entries(ledger, TABLE).entries:
        if one.id == segment_id:
            return one
    raise KnownError("这个环节已不在台账里，请刷新后再试。")


def _brothers(rows: list[Any], parent_id: str | None, stream: str) -> list[Any]:
    """Segments with the same superior (the uppermost: in the same stream), in their order."""
    known = {one["id"] for one in rows}
    found = [
        one
        for one in rows
        if (one["parent_id"] if one["parent_id"] in known else None) == parent_id
        and (parent_id is not None or (one["stream"] if one["stream"] in STREAMS else UNPLACED) == stream)
    ]
    place = {one["id"]: number for number, one in enumerate(rows)}
    return sorted(found, key=lambda one: (one["rank"] is None, one["rank"] or 0, place[one["id"]]))


def _top_stream(rows: list[Any], segment_id: str) -> str:
    by_id = {one["id"]: one for one in rows}
    one, seen = by_id.get(segment_id), set[str]()
    while one is not None and one["parent_id"] in by_id and one["id"] not in seen:
        seen.add(one["id"])
        one = by_id[one["parent_id"]]
    return str(one["stream"] or UNPLACED) if one is not None else UNPLACED


def _told(rows: list[Any], mine: Any, parent_id: str | None, stream: str, place_there: int) -> str:
    parent = next((one["name"] for one in rows if one["id"] == parent_id), "")
    where = f"“{parent}”之下" if parent else (stream or UNPLACED_WORD)
    return f"环节“{mine['name']}”移到{where}第 {place_there} 位"
