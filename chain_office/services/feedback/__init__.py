"""反馈表 that came back: recognised, proposed as steps with old beside new, accepted in one write."""

from __future__ import annotations

from chain_office.exchange.feedback.form import FormFile
from chain_office.exchange.feedback.read import files_in, read_forms
from chain_office.exchange.feedback.recognise import is_form
from chain_office.services.feedback.accepting import NotAccepted, accept
from chain_office.services.feedback.adding import add_row
from chain_office.services.feedback.planning import plan, plan_of

__all__ = ["FormFile", "NotAccepted", "accept", "add_row", "files_in", "is_form", "plan", "plan_of", "read_forms"]
