"""The sample office: its workbooks through the ordinary importer, its settings beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office.db.settings import put_settings
from chain_office.domain.errors import KnownError
from chain_office.paths import resource
from chain_office.services.importing.service import apply_import, plan_import
from chain_office.services.ledgers import PROGRAM, make_ledger
from chain_office.services.sample_records import add_records

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.db.ledger import Ledger
    from chain_office.services.importing.plan import ImportPlan


def make_sample(path: Path) -> ImportPlan:
    """Make a new ledger at ``path`` from the sample workbooks. An existing file is refused, never overwritten."""
    if path.exists():
        raise KnownError(f"“{path}”已经存在，没有覆盖；请换一个文件名，或先移走它。")
    folder = resource("sample")
    books = sorted(folder.glob("*.xlsx"))
    if not books:
        raise KnownError(f"找不到示例工作簿（{folder}）；安装可能不完整，请重新安装。")
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    plans: list[ImportPlan] = []

    def fill(ledger: Ledger) -> None:
        with ledger.write(PROGRAM, "示例台账的设置") as writer:
            put_settings(writer, {key: _text(value) for key, value in settings.items()})
        plans.append(plan_import(ledger, books))
        apply_import(ledger, plans[0], beside=add_records)

    make_ledger(path, fill)
    return plans[0]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
