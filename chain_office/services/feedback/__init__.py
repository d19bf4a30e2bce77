"""反馈表 that came back: recognised, proposed as steps with old beside new, accepted in one write."""

from __future__ import annotations

from chain_office.services.feedback.accepting import accept
from chain_office.services.feedback.planning import plan

__all__ = ["accept", "plan"]
