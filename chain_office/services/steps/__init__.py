"""Steps on problems: which may be taken now, the form of one, and taking it. Everything that moves a problem comes here;
only an import writes steps beside this."""

from __future__ import annotations

from chain_office.services.steps.offering import offered, seen, step_form
from chain_office.services.steps.taking import take, take_in
from chain_office.services.steps.telling import history

__all__ = ["history", "offered", "seen", "step_form", "take", "take_in"]
