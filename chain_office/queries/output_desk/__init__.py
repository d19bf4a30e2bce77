"""What the desk of output reads: breakdowns, the bridge, who has filed, the health of a month, what was signed and corrected."""

from chain_office.queries.output_desk.breakdown import breakdown
from chain_office.queries.output_desk.bridge import bridge
from chain_office.queries.output_desk.filing import adjustments, filing
from chain_office.queries.output_desk.health import health
from chain_office.queries.output_desk.members import Members, members
from chain_office.queries.output_desk.signed import corrections, sign_off_of, signed

__all__ = (
    "Members", "adjustments", "breakdown", "bridge", "corrections", "filing", "health", "members", "sign_off_of", "signed",
)  # fmt: skip
