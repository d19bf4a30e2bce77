"""Two records of one enterprise made one: looked at first, in one write, taken back by one undo."""

from __future__ import annotations

from chain_office.services.firm_merging.merging import merge_firms, say_different
from chain_office.services.firm_merging.planning import look_at_merging

__all__ = ["look_at_merging", "merge_firms", "say_different"]
