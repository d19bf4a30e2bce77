"""筛选: one candidate a screen, three criteria on three keys, similar problems beside it, the decision, the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.screening import CRITERIA, VERDICTS, dissent, suggestion
from chain_office.queries.similar_problems import similar_to
from chain_office.services import screening
from chain_office.services.initials import initials_of
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.form.offered import Offered
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.problem_parts.part import Part
from chain_office.ui.pages.problem_parts.screening_candidate import CandidateCard
from chain_office.ui.pages.problem_parts.screening_criteria import Criteria
from chain_office.ui.pages.problem_parts.screening_deciding import Deciding
from chain_office.ui.pages.problem_parts.screening_decision import DecisionForm, Decisions
from chain_office.ui.pages.problem_parts.screening_keys import WORDS, entry, is_typing
from chain_office.ui.pages.problem_parts.screening_pace import Pace
from chain_office.ui.pages.problem_parts.screening_queue import Queue
from chain_office.ui.pages.problem_parts.screening_screener import Screener
from chain_office.ui.pages.problem_parts.screening_similar import SimilarList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Saved
    from chain_office.queries.similar_problems import Similar
    from chain_office.services.ledgers import Ledger
    from chain_office.services.screening import Bench, Shown
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_EMPTY: Final = (
    "没有待筛选的问题。\n走访记录里的困难和问题可用“转为问题”（Ctrl+M）送到这里；暂不具备的到了复核时间也会回到这里。"
)


class ScreeningPart(Part):
    """筛选."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"problem", "problem_event", "screening", "officer", "enterprise", "category", "visit", "monthly_output"}
    )

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.waiting = Queue()
        self.shown: Shown | None = None
        self.at = ""
        self._writing = 0
        self._reread = False
        self._ahead: list[tuple[str, int]] = []
        """Keys pressed before the candidate they are meant for had been read."""
        self.bar = ActionsBar(office.palette)
        self.bar.add("上一个", "chevron-left", self.go_back)
        self.bar.add("跳过", "chevron-right", self.skip)
        self.bar.add("打开记录", "file-text", self.open_record)
        self.pace = Pace()
        self.screener = Screener(office.actor)
        for widget in (self.pace, label("　筛选人", "quiet"), self.screener):
            self.bar.add_right(widget)
        self.card = CandidateCard()
        self.criteria = Criteria(office.as_of, self._fetch)
        self.decisions = Decisions()
        self.similar = SimilarList()
        self.form = DecisionForm(office)
        self.deciding = Deciding(self)
        self.side = QStackedWidget()
        self.nothing = label(_EMPTY, "quiet", wrap=True)
        self._split = QSplitter()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        column.addWidget(self.card, 1)
        column.addWidget(self.criteria)
        column.addWidget(self.decisions)
        self.side.addWidget(self.similar)
        self.side.addWidget(self.form)
        self._split.addWidget(left)
        self._split.addWidget(self.side)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setSizes([720, 460])
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys_line = label(WORDS, "quiet", wrap=True)
        self.column.addWidget(self.bar)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self.nothing, 1)
        self.column.addWidget(self.keys_line)
        self.nothing.hide()
        self.office.work.spare(
            lambda _ledger: initials_of("依据"), lambda _word: None, owner=self
        )  # loads its dictionary

    def _connect(self) -> None:
        self.card.wanted.connect(self._go)
        self.card.category_chosen.connect(self._set_category)
        self.criteria.changed.connect(self._answered)
        self.criteria.finished.connect(self._to_bench)
        self.decisions.chosen.connect(self.decide)
        self.similar.opened.connect(self.page.show_record)
        self.form.left.connect(self._leave_form)
        self.screener.changed.connect(self._changed_hands)

    def parts(self) -> tuple[QWidget, ...]:
        """The candidate (which has the keys), what is like it, the buttons."""
        return (self.card, self.similar.list, self.bar)

    @property
    def officer(self) -> str:
        """Who is at the bench."""
        return self.screener.name

    @property
    def queue(self) -> list[str]:
        """Who waits, in order."""
        return self.waiting.ids

    # Reading.

    def refresh(self) -> None:
        """Read the queue again, and the candidate on the bench; nothing typed is lost by it."""
        day, officer = self.office.as_of, self.officer
        self.decisions.allow(on=not self.read_only)
        self.ask(
            lambda ledger: (screening.read_bench(ledger, day, officer), screening.officers(ledger)),
            lambda found: self._take(officer, *found),
        )

    def _take(self, officer: str, bench: Bench, names: tuple[str, ...]) -> None:
        if officer != self.officer:
            return  # somebody else has sat down since: his own queue is being read
        self.screener.offer(names)
        self.card.offer_kinds(bench.kinds)
        back = self.waiting.take([one.id for one in bench.waiting])
        if back:  # a decision was taken back
            self.pace.decided(-1)
            self._show(back)
        elif self.at in self.queue:
            self.pace.show_place(self.waiting.place(self.at), len(self.queue))
            self._read_again()
        else:
            self._show(self.queue[0] if self.queue else "")

    def _read_again(self) -> None:
        if self._writing or self.deciding.busy:
            self._reread = True
            return
        at, day = self.at, self.office.as_of
        self.ask(lambda ledger: screening.read_candidate(ledger, at, day), lambda one: self._showed(at, one))

    def _show(self, problem_id: str) -> None:
        """Put a candidate on the bench; "" clears it."""
        self.at = problem_id
        if self.shown is not None and self.shown.candidate.id != problem_id:
            self.shown = None  # what is still on the bench is another one's
        self.side.setCurrentWidget(self.similar)
        here = bool(problem_id)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self) or self.form.isVisible()
        self._split.setVisible(here)
        self.nothing.setVisible(not here)
        self.keys_line.setVisible(here)
        self.pace.show_place(self.waiting.place(problem_id), len(self.queue))
        if not here:
            self.shown = None
            self._ahead.clear()
            return
        day = self.office.as_of
        self.ask(
            lambda ledger: screening.read_candidate(ledger, problem_id, day), lambda one: self._showed(problem_id, one)
        )
        self.ask(lambda ledger: similar_to(ledger, problem_id), lambda found: self._show_similar(problem_id, found))
        if had_focus:
            self.card.setFocus()

    def _showed(self, problem_id: str, one: Shown | None) -> None:
        if problem_id != self.at:
            return
        if self._writing:
            self._reread = True  # what is being written belongs on it
            return
        if one is None:
            self._gone(problem_id)
            return
        self.shown = one
        self.card.show_candidate(one)
        self.criteria.show_verdicts(
            self.officer, one.candidate.verdicts, f"{problem_id} {self.officer} {one.candidate.category_id}"
        )
        self.similar.show_earlier(one.candidate.earlier)
        self._suggest()
        ahead, self._ahead = self._ahead, []
        for pressed in ahead:
            self._press(*pressed)

    def _show_similar(self, problem_id: str, found: tuple[Similar, ...]) -> None:
        if problem_id == self.at:
            self.similar.show_similar(found)

    def _suggest(self) -> None:
        if self.shown is None:
            return
        mine = self.criteria.verdicts()
        others = [one for one in self.shown.candidate.verdicts if one.officer != self.officer]
        apart = dissent([*mine.values(), *others])
        said = "；".join(
            f"“{CRITERIA[name]}”意见不一："
            + "、".join(f"{one.officer or '未署名'} {VERDICTS[one.verdict]}" for one in every)
            for name, every in apart.items()
        )
        self.decisions.suggest(suggestion({name: one.verdict for name, one in mine.items()}), said)

    # Verdicts.

    def _answered(self, criterion: str) -> None:
        """A verdict or its basis is another one: kept at once."""
        if self.shown is None or self.read_only:
            return
        self.pace.act()
        self._suggest()
        said = self.criteria.verdicts()[criterion]
        at, day, actor = self.at, self.office.as_of, self.office.actor
        said = replace(said, officer=self.officer)
        self._write(lambda ledger: screening.save_verdict(ledger, at, said, day, actor))

    def _write(self, act: Callable[[Ledger], Saved]) -> None:
        self._writing += 1

        def done(saved: Saved) -> None:
            if saved.write_no:
                self.office.wrote.emit(saved)
            over()

        def failed(error: Exception) -> None:
            self.office.work.explain(error)
            self._reread = True
            over()

        def over() -> None:
            self._writing -= 1
            if not self._writing and self._reread:
                self._reread = False
                self._read_again()

        self.office.work.ask(act, done, owner=self, failed=failed)

    def _set_category(self, category_id: str) -> None:
        at, actor = self.at, self.office.actor
        if at and not self.read_only:
            self._reread = True
            self._write(lambda ledger: screening.set_category(ledger, at, category_id, actor))
        self._to_bench()

    def _fetch(self, criterion: str, verdict: str, take: Callable[[Offered], None]) -> None:
        category = self.shown.candidate.category_id if self.shown is not None else None
        self.ask(lambda ledger: Offered.of(screening.phrases(ledger, criterion, verdict, category)), take)

    # Deciding.

    def decide(self, verb: str) -> None:
        """Take a decision, or open the form of one that needs words."""
        self.deciding.decide(verb)

    def took(self, problem_id: str, saved: Saved) -> None:
        """It was decided on: on to the next."""
        self.waiting.decided(problem_id)
        self.pace.decided()
        self.office.wrote.emit(saved)
        self._gone(problem_id)

    def _gone(self, problem_id: str) -> None:
        """It no longer waits: on to the one after it."""
        self._show(self.waiting.drop(problem_id))

    def _leave_form(self) -> None:
        self.side.setCurrentWidget(self.similar)
        self._to_bench()

    # Going through the queue.

    def take_suggested(self) -> None:
        """Take what the verdicts speak for; a candidate left 待定 goes to the end."""
        if self.decisions.suggested:
            self.decide(self.decisions.suggested)
        elif all(one.verdict for one in self.criteria.verdicts().values()):
            self.skip()
        else:
            self.decisions.tell(self.decisions.says.text().partition("。")[0], "amber")

    def skip(self) -> None:
        """On to the next one; this one comes again at the end."""
        if not self.at or self.at not in self.queue:
            return
        self.pace.act()
        self._show(self.waiting.put_last(self.at))

    def go_back(self) -> None:
        """The one that was skipped last."""
        before = self.waiting.before(self.at)
        if before:
            self._show(before)

    def open_record(self) -> None:
        """The whole record of the candidate."""
        if self.at:
            self.page.show_record(f"problem:{self.at}")

    def go_to(self, reference: str) -> None:
        """Put a candidate on the bench by its id."""
        if reference in self.queue:
            self._show(reference)

    def where(self) -> str:
        """The candidate on the bench."""
        return self.at

    def _go(self, page: str, reference: str) -> None:
        if page == "problems":
            self.page.show_record(reference)
        else:
            self.page.wanted.emit(page, reference)

    def _changed_hands(self) -> None:
        """Somebody else screens: the queue and the verdicts are theirs."""
        self._to_bench()
        self.waiting.forget()
        self.at, self.shown = "", None
        self.refresh()

    def _to_bench(self) -> None:
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the bench, wherever on it nothing is being typed."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave_form()
            return
        pressed = entry(event)
        if pressed is None or not self.at or is_typing() or self.side.currentWidget() is self.form:
            super().keyPressEvent(event)
            return
        self._press(*pressed)

    def _press(self, key_id: str, place: int) -> None:
        """Take a key, or keep it until the candidate it is meant for is there."""
        if self.shown is None:
            self._ahead.append((key_id, place))
        else:
            self._do(key_id, place)

    def _do(self, key_id: str, place: int) -> None:
        acts: dict[str, Callable[[], object]] = {
            "answer_criterion": lambda: None if self.read_only else list(self.criteria.rows.values())[place].answer(),
            "write_basis": lambda: self.criteria.write_basis(place),
            "take_category": self.card.take_category,
            "decide": lambda: self.decide(list(self.decisions.buttons)[place]),
            "decide_suggested": self.take_suggested,
            "skip_candidate": self.skip,
            "candidate_before": self.go_back,
            "open_candidate": self.open_record,
        }
        acts[key_id]()
