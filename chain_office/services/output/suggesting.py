"""Taking what the health check suggests: the amounts as they would be if the suspicion is right, saved as the form would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Edit
from chain_office.queries.editing.rows import row, version
from chain_office.services.editing.saving import save

if TYPE_CHECKING:
    from collections.abc import Set

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.output_health import Finding


def take_suggestion(
    ledger: Ledger, finding: Finding, actor: str, *, source: str = "", accept: Set[str] = frozenset()
) -> Saved:
    """Put the suggested amounts into the report, in one write. ``source`` stands on a report that names none. ``accept``:
    fields whose warnings the person stays with. Raises :class:`KnownError` where nothing is suggested or the report is
    gone, :class:`~chain_office.domain.forms.Faulty` as the form does."""
    if not finding.suggested or not finding.row_id:
        raise KnownError("这一条没有可以直接改成的数；请在“录入”里改，或写明原因。")
    found = row(ledger, "monthly_output", finding.row_id)
    if found is None or found["deleted_at"] is not None:
        raise KnownError("这条产值已不在台账里，请刷新后再看。")
    changes: dict[str, object] = dict(finding.suggested)
    if source and not found["source"]:
        changes["source"] = source
    at = version(ledger, "monthly_output", finding.row_id)
    return save(ledger, Edit("monthly_output", finding.row_id, at, changes), actor, accept=accept)
