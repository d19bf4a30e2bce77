"""Explaining a finding of a month's health check: the newest answer to a firm's finding counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import OutputAnswer
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Saved
from chain_office.domain.output_health import KIND_WORDS
from chain_office.domain.secrecy import find_secrecy_mark, find_survey_mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_health import Finding

_LONGEST = 2_000


def answer(ledger: Ledger, findings: Sequence[Finding], text: str, actor: str, *, day: date | None = None) -> Saved:
    """Say the same thing to one or several findings, in one write. Raises :class:`KnownError` for an empty, overlong or
    secret text."""
    said = text.strip()
    if not findings:
        raise KnownError("没有选中要说明的疑点。")
    if not said:
        raise KnownError("说明没有填；写明原因（如停产检修、订单减少、企业调整以前月份）。")
    if len(said) > _LONGEST:
        raise KnownError(f"说明太长（{len(said):,} 字），最多 {_LONGEST:,} 字；更长的材料请作附件。")
    mark = find_secrecy_mark(said) or find_survey_mark(said)
    if mark is not None:
        raise KnownError(f"说明里{mark.reason}，没有保存。")
    month = findings[0].month
    one = f"“{findings[0].name}”{KIND_WORDS[findings[0].kind]}"
    what = one if len(findings) == 1 else f"{len(findings)} 个疑点"
    with ledger.write(actor, f"说明 {month} 产值疑点：{what}") as writer:
        ids = writer.insert_many(
            OutputAnswer,
            [
                {
                    "enterprise_id": finding.enterprise_id,
                    "month": finding.month,
                    "finding": finding.kind,
                    "text": said,
                    "actor": actor,
                    "day": day or clock.today(),
                }
                for finding in findings
            ],
        )
        return Saved(writer.write_no, "output_answer", ids[0], f"已说明：{what}")
