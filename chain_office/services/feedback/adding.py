"""A row a unit added to its form, entered as a new problem: only when a person says so, and as any other new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.queries.form_answers import firms_called
from chain_office.services.editing.saving import save
from chain_office.services.feedback.plan import ADDED

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.services.feedback.plan import Proposal


def add_row(ledger: Ledger, proposal: Proposal, actor: str) -> Saved:
    """Enter the row as a problem that waits for screening. Raises KnownError where the firm is not known."""
    if proposal.verdict != ADDED:
        raise KnownError("这一行有记录号，是已有的问题，不用再录。")
    firm = proposal.values.get("enterprise", "")
    found = firms_called(ledger, firm) if firm else []
    if not firm:
        raise KnownError("这一行没有写是哪家企业，没有录入；请在“清单”里新建问题，选好企业。")
    if len(found) != 1:
        why = "企业名册里没有" if not found else "企业名册里有不止一家像"
        raise KnownError(f"{why}“{firm}”，没有录入；请在“清单”里新建问题，选好企业。")
    said = "；".join(
        part for part in (proposal.values.get("done", ""), proposal.unit and f"{proposal.unit}反馈表中新增") if part
    )
    changes = {"enterprise_id": found[0], "text": proposal.text, "remark": said, "collected_day": clock.today()}
    return save(ledger, Edit("problem", "", 0, changes), actor, accept={*changes, ""})
