"""Saving the monthly grid: one write, on the database thread; what keeps it from being saved is told where it is and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from chain_office.domain.forms import Saved
from chain_office.services.output.entering import GridFaulty, save_entries
from chain_office.ui import keys

if TYPE_CHECKING:
    from chain_office.services.ledgers import Ledger
    from chain_office.services.output.entering import Wrong
    from chain_office.ui.pages.output_parts.entry import EntryPart
    from chain_office.ui.pages.output_parts.entry_state import Cells
    from chain_office.ui.work import Progress

_FEW: Final = 80
"""More lines than this are saved with a bar."""
_TOLD: Final = 3


class EntrySaving(QObject):
    """Mounted on the view once."""

    def __init__(self, part: EntryPart) -> None:
        super().__init__(part)
        self._part = part
        self.busy = False
        part.office.work.ended.connect(self._ended)

    def _ended(self) -> None:
        """A job with a bar is over, done or called off."""
        self.busy = False

    def save(self, *, accept: bool = False, rest: bool = False) -> None:
        """Save what was typed. ``accept``: warnings shown are stayed with. ``rest``: lines with cells that are not
        understood stay behind."""
        part = self._part
        part.view.finish()
        state = part.model.state
        if self.busy or state.read_only or not state.typed:
            return
        if state.moved:
            part.tell_moved()
            return
        if state.problems and not rest:
            self._tell_problems()
            return
        entries = state.entries(accept=accept)
        if not entries:
            self._tell_problems()
            return
        self.busy = True
        month, actor = part.month, part.office.actor
        firms = {one.enterprise_id for one in entries}
        sent = {place: typed for place, typed in state.typed.items() if place[0] in firms}

        def job(ledger: Ledger, progress: Progress | None = None) -> Saved | dict[str, Wrong]:
            try:
                return save_entries(ledger, month, entries, actor, progress)
            except GridFaulty as error:
                return dict(error.wrong)

        if len(entries) > _FEW:
            part.office.work.long("保存产值", job, lambda found: self._came(found, sent), owner=part)
        else:
            part.office.work.ask(job, lambda found: self._came(found, sent), owner=part, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self._part.office.work.explain(error)

    def _came(self, found: Saved | dict[str, Wrong], sent: Cells) -> None:
        self.busy = False
        part = self._part
        if isinstance(found, Saved):
            part.model.state.saved(sent)
            part.notice.hide()
            part.drafts.after_saving()
            part.model.show_again()
            part.offer()
            if found.write_no:
                part.office.wrote.emit(found)
            else:
                part.office.said.emit(found.said)
        else:
            part.model.show_wrong(found)
            self._tell_wrong(found)
            part.next_wrong()

    def _tell_problems(self) -> None:
        part = self._part
        number = len(part.model.state.problems)
        acts = [("去看", part.next_wrong)]
        if part.model.state.entries():
            acts.append(("先存其余的", lambda: self.save(rest=True)))
        part.notice.tell(f"有 {number} 格读不懂，还没有保存；改好后再存（{keys.shown('next_wrong')} 逐个看）。", *acts)
        part.next_wrong()

    def _tell_wrong(self, wrong: dict[str, Wrong]) -> None:
        """What the rules say, the first few in words; what does not stop may be saved all the same."""
        part = self._part
        state = part.model.state
        said = []
        for firm, one in list(wrong.items())[:_TOLD]:
            line = state.by_firm.get(firm)
            words = [fault.message for fault in one.faults] or [
                f"{clash.label}刚被别人改为 {clash.theirs_text}" for clash in one.clashes
            ]
            said.append(f"{line.name if line is not None else ''}：{'；'.join(words)}")
        more = f"……共 {len(wrong)} 家" if len(wrong) > _TOLD else ""
        clashes = any(one.clashes for one in wrong.values())
        stops = any(one.stops for one in wrong.values())
        head = "还没有保存，这些要改：" if stops else "还没有保存，请核对："
        acts = [("去看", part.next_wrong)]
        if clashes:
            acts.append(("重新读取", part.refresh))
        elif not stops:
            acts.append(("核对无误，仍要保存", lambda: self.save(accept=True)))
        part.notice.tell(head + "\n".join(said) + more, *acts)
