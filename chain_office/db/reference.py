"""Reference data a new ledger starts with: districts, parks, units, banks, segments, categories, limits, lights.

They come from ``resources/reference.json`` (public sources, named by short labels) and are editable afterwards;
entries that no source confirmed are marked unverified and shown as such.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chain_office.db.models import Bank, Category, District, LightRule, Park, Segment, SegmentFlow, TimeLimit, Unit
from chain_office.paths import resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.session import Writer


def load() -> dict[str, Any]:
    """The shipped reference data."""
    data: dict[str, Any] = json.loads(resource("reference.json").read_text(encoding="utf-8"))
    return data


def seed(writer: Writer) -> None:
    """Fill an empty ledger's reference tables."""
    data = load()
    districts = {
        entry["code"]: writer.insert(District, _named(entry, code=entry["code"], kind=entry["kind"]))
        for entry in data["districts"]
    }
    parks = {}
    for entry in data["parks"]:
        values = _named(entry, code=entry["id"], kind="园区")
        values |= {"district": districts.get(entry.get("district")), "level": entry.get("level") or None}
        parks[entry["id"]] = writer.insert(Park, values)
    for entry in data["units"]:
        values = _named(entry, code=entry["id"], kind=entry["kind"])
        values |= {
            "categories": _lines(entry.get("default_categories", ())),
            "district": districts.get(entry.get("district")),
            "park": parks.get(entry.get("park")),
        }
        writer.insert(Unit, values)
    for entry in data["banks"]:
        writer.insert(Bank, _named(entry, code=None, kind=entry["kind"]) | {"caution": entry.get("warn")})
    _segments(writer, data)
    for entry in data["problem_categories"]:
        values = _named(entry, code=None, kind="问题类别")
        values |= {"keywords": _lines(entry["keywords"]), "default_units": _lines(entry["default_units"])}
        writer.insert(Category, values)
    for entry in data["time_limits"]:
        writer.insert(TimeLimit, {"name": entry["name"], "days": entry["days"], "remark": entry["source"]})
    for rank, entry in enumerate(data["light_rules"], start=1):
        writer.insert(LightRule, dict(entry) | {"rank": rank})


def _segments(writer: Writer, data: Mapping[str, Any]) -> None:
    """The chain's tree (a segment may name another as its "parent", which then stands before it) and its usual flows."""
    made: dict[str, str] = {}
    for entry in data["segments"]:
        values = _named(entry, code=entry["id"], kind="环节") | {"codes": _lines(entry["gbt4754"])}
        values |= {"parent": made.get(entry.get("parent")), "stream": entry["stream"], "rank": entry["rank"]}
        made[entry["id"]] = writer.insert(Segment, values)
    for flow in data["segment_flows"]:
        ends = {"source": made[flow["from"]], "target": made[flow["to"]]}
        writer.insert(SegmentFlow, ends | {"product": flow["product"]})


def _named(entry: Mapping[str, Any], *, code: str | None, kind: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": entry["name"],
        "short": entry.get("short"),
        "aliases": _lines(entry.get("aliases", ())),
        "kind": kind,
        "verified": bool(entry.get("verified", True)),
        "remark": entry.get("note"),
    }


def _lines(words: Sequence[str]) -> str | None:
    return "\n".join(words) or None
