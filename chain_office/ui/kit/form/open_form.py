"""The record a form is open on, its fields, and its draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.domain.forms import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.domain.forms import Fault, Loaded
    from chain_office.ui.kit.form.body import FormBody
    from chain_office.ui.kit.form.drafting import DraftKeeper


@dataclass(slots=True)
class OpenForm:
    """``loaded``: the record as what is typed stands on it."""

    loaded: Loaded
    body: FormBody
    keeper: DraftKeeper

    def read_as(self, loaded: Loaded) -> None:
        """What is typed stands on the record as it was read here."""
        self.loaded = loaded
        self.keeper.go_on_from(loaded)

    def rebase(self, theirs: Loaded) -> None:
        """Go on from the record as it stands now: what was typed stays, the rest follows."""
        self.body.rebase(theirs)
        self.read_as(theirs)

    def keep(self, *, now: bool = False) -> None:
        """Keep what is typed as a draft; not while an input method is at work."""
        body = self.body
        self.keeper.keep(lambda: None if body.composing else body.drafts(), now=now)

    def take_draft(self) -> None:
        """Take the draft up. What others changed since it was begun is settled when it is saved, as with any form."""
        self.read_as(replace(self.loaded, version=self.keeper.version))
        self.body.restore(self.keeper.texts)

    def edit(self) -> tuple[Edit | None, tuple[Fault, ...]]:
        """What is to be saved, None for nothing; and what cannot be read."""
        changes, faults = self.body.changes()
        loaded = self.loaded
        if loaded.row_id and not changes:
            return None, faults
        values: Mapping[str, object] = changes
        if not loaded.row_id:
            values = {name: value for name, value in loaded.values.items() if value is not None} | changes
        return Edit(loaded.table, loaded.row_id, loaded.version, values), faults
