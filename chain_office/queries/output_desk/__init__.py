"""What the desk of output reads: breakdowns, the bridge, who has filed, the health of a month, what was signed and corrected."""

from chain_office.queries.output_desk.breakdown import breakdown
from chain_office.queries.output_desk.bridge import bridge
from chain_office.queries.output_desk.members import Members, members

__all__ = ("Members", "breakdown", "bridge", "members")
