"""Editing: forms of the tables people change, saving them, the bin, taking back. The window imports nothing below this."""

from __future__ import annotations

from chain_office.db.forms import FLOW, form, forms
from chain_office.queries.editing.options import options
from chain_office.services.editing.binning import Binned, bin_records, binned, unbin
from chain_office.services.editing.opening import blank, load
from chain_office.services.editing.saving import change_many, save, save_together
from chain_office.services.editing.taking_back import restore_change, undo

__all__ = [
    "FLOW", "Binned", "bin_records", "binned", "blank", "change_many", "form", "forms", "load", "options", "restore_change",
    "save", "save_together", "unbin", "undo",
]  # fmt: skip
