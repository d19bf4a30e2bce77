"""筛选: one candidate a screen, three criteria on three keys, similar problems beside it, the decision, the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chain_office.domain.errors import KnownError
from chain_office.domain.forms import Faulty
from chain_office.domain.screening import CRITERIA, VERDICTS, dissent, reason, suggestion
from chain_office.queries.similar_problems import similar_to
from chain_office.services import screening, steps
from chain_office.services.calendar import work_calendar
from chain_office.services.initials import initials_of
from chain_office.services.screening import Decision
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.form.offered import Offered
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.problem_parts.part import Part
from chain_office.ui.pages.problem_parts.screening_candidate import CandidateCard
from chain_office.ui.pages.problem_parts.screening_criteria import Criteria
from chain_office.ui.pages.problem_parts.screening_decision import DecisionForm, Decisions
from chain_office.ui.pages.problem_parts.screening_pace import Pace
from chain_office.ui.pages.problem_parts.screening_similar import SimilarList

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Saved
    from chain_office.domain.steps import StepForm
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.similar_problems import Similar
    from chain_office.services.ledgers import Ledger
    from chain_office.services.screening import Bench, Shown
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_EMPTY: Final = (
    "没有待筛选的问题。\n走访记录里的困难和问题可用“转为问题”（Ctrl+M）送到这里；暂不具备的到了复核时间也会回到这里。"
)
_WORDLESS: Final = frozenset({"screen_in"})
"""Decisions that need no words: the key is enough."""


class ScreeningPart(Part):
    """筛选."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"problem", "problem_event", "screening", "officer", "enterprise", "category", "visit", "monthly_output"}
    )

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.queue: list[str] = []
        self.shown: Shown | None = None
        self.at = ""
        self._been: list[str] = []
        self._decided: set[str] = set()
        self._writing = 0
        self._reread = False
        self._deciding = False
        self._accepted: tuple[str, str, frozenset[str]] = ("", "", frozenset())
        self.bar = ActionsBar(office.palette)
        self.bar.add("上一个", "chevron-left", self.go_back)
        self.bar.add("跳过", "chevron-right", self.skip)
        self.bar.add("打开记录", "file-text", self.open_record)
        self.pace = Pace()
        self.screener = QComboBox()
        self._make_bar()
        self.card = CandidateCard()
        self.criteria = Criteria(office.as_of, self._fetch)
        self.decisions = Decisions()
        self.similar = SimilarList()
        self.form = DecisionForm(office)
        self.side = QStackedWidget()
        self.nothing = label(_EMPTY, "quiet", wrap=True)
        self._split = QSplitter()
        self._lay_out()
        self._connect()

    def _make_bar(self) -> None:
        self.screener.setEditable(True)
        self.screener.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.screener.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.screener.setAccessibleName("筛选人")
        self.screener.setToolTip("谁在筛选：各人的意见分开记")
        self.screener.setMinimumWidth(110)
        self.screener.setEditText(self.office.actor)
        self.bar.add_right(self.pace)
        self.bar.add_right(label("　筛选人", "quiet"))
        self.bar.add_right(self.screener)

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
        self.keys_line = label(_key_words(), "quiet", wrap=True)
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
        self.form.confirmed.connect(self._confirm)
        self.form.left.connect(self._leave_form)
        self.screener.activated.connect(lambda _at: self._changed_hands())
        edit = self.screener.lineEdit()
        if edit is not None:
            edit.returnPressed.connect(self._changed_hands)

    def parts(self) -> tuple[QWidget, ...]:
        """The candidate (which has the keys), what is like it, the buttons."""
        return (self.card, self.similar.list, self.bar)

    @property
    def officer(self) -> str:
        """Who is at the bench."""
        return " ".join(self.screener.currentText().split()) or self.office.actor

    # Reading.

    def refresh(self) -> None:
        """Read the queue again, and the candidate on the bench; nothing typed is lost by it."""
        day, officer = self.office.as_of, self.officer
        self.decisions.allow(on=not self.read_only)
        self.ask(lambda ledger: (screening.read_bench(ledger, day, officer), screening.officers(ledger)), self._take)

    def _take(self, found: tuple[Bench, tuple[str, ...]]) -> None:
        bench, names = found
        self._offer_names(names)
        self.card.offer_kinds(bench.kinds)
        ids = [one.id for one in bench.waiting]
        back = next((one for one in ids if one in self._decided), "")
        kept = [one for one in self.queue if one in set(ids)]
        self.queue = kept + [one for one in ids if one not in set(kept)] if kept else ids
        if back:  # a decision was taken back: its candidate comes first again
            self._decided.discard(back)
            self.pace.decided(-1)
            self.queue = [back, *(one for one in self.queue if one != back)]
            self._show(back)
        elif self.at in self.queue:
            self._read_again()
        else:
            self._show(self.queue[0] if self.queue else "")

    def _offer_names(self, names: tuple[str, ...]) -> None:
        now = self.screener.currentText()
        edit = self.screener.lineEdit()
        if edit is not None and edit.hasFocus():
            return
        every = list(dict.fromkeys((*names, self.office.actor)))
        if [self.screener.itemText(at) for at in range(self.screener.count())] != every:
            self.screener.clear()
            self.screener.addItems(every)
        self.screener.setEditText(now)

    def _read_again(self) -> None:
        if self._writing or self._deciding:
            self._reread = True
            return
        at, day = self.at, self.office.as_of
        self.ask(lambda ledger: screening.read_candidate(ledger, at, day), lambda one: self._showed(at, one))

    def _show(self, problem_id: str) -> None:
        """Put a candidate on the bench; "" clears it."""
        self.at = problem_id
        self._accepted = ("", "", frozenset())
        self.side.setCurrentWidget(self.similar)
        here = bool(problem_id)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self) or self.form.isVisible()
        self._split.setVisible(here)
        self.nothing.setVisible(not here)
        self.keys_line.setVisible(here)
        place = self.queue.index(problem_id) + 1 if problem_id in self.queue else 0
        self.pace.show_place(place, len(self.queue))
        if not here:
            self.shown = None
            return
        day = self.office.as_of
        self.ask(
            lambda ledger: screening.read_candidate(ledger, problem_id, day), lambda one: self._showed(problem_id, one)
        )
        self.ask(lambda ledger: similar_to(ledger, problem_id), lambda found: self._show_similar(problem_id, found))
        if had_focus:
            self.card.setFocus()

    def _showed(self, problem_id: str, one: Shown | None) -> None:
        if problem_id != self.at or self._writing:
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
        if self.shown is None or self._deciding or self.read_only:
            return
        if verb == "pool" and self.shown.candidate.state == "pooled":
            verb = "repool"
        if verb in _WORDLESS:
            self._take_decision(verb, {})
            return
        at, officer = self.at, self.officer
        self.ask(
            lambda ledger: (steps.step_form(ledger, verb, [at], officer), work_calendar(ledger)),
            lambda found: self._open_form(at, *found),
        )

    def _open_form(self, problem_id: str, opened: StepForm, calendar: WorkCalendar) -> None:
        if problem_id != self.at or self.shown is None:
            return
        one = self.shown.candidate
        composed = {"reason": reason(self.criteria.verdicts().values()), "actor": self.officer}
        if opened.verb.id == "escalate":
            composed |= {"reason": "", "text": one.text}
        names = {field.name for field in opened.form}
        values = {name: text for name, text in composed.items() if text and name in names}
        self.form.open(replace(opened, values={**opened.values, **values}), calendar, one.title)
        self.side.setCurrentWidget(self.form)
        self.form.body.focus_first(empty=False) if self.form.body is not None else None

    def _confirm(self) -> None:
        body = self.form.body
        if body is None or body.composing or self.side.currentWidget() is not self.form:
            return
        values, faults = body.whole()
        if faults:
            self.form.complain(faults)
            return
        self._take_decision(self.form.verb, values)

    def _take_decision(self, verb: str, values: dict[str, object]) -> None:
        if self.shown is None or self._deciding:
            return
        self.pace.act()
        one, at, actor, officer = self.shown.candidate, self.at, self.office.actor, self.officer
        said = tuple(replace(each, officer=officer) for each in self.criteria.verdicts().values())
        accept = self._accepted[2] if self._accepted[:2] == (at, verb) else frozenset()
        decision = Decision(at, one.seq, verb, self.office.as_of, {"actor": officer, **values}, said)
        self._deciding = True
        self.office.work.ask(
            lambda ledger: screening.decide(ledger, decision, actor, accept=accept),
            lambda saved: self._took(at, saved),
            owner=self,
            failed=lambda error: self._refused(at, verb, error),
        )

    def _took(self, problem_id: str, saved: Saved) -> None:
        self._deciding = False
        self._decided.add(problem_id)
        self.pace.decided()
        self.office.wrote.emit(saved)
        self._gone(problem_id)

    def _gone(self, problem_id: str) -> None:
        """It no longer waits: on to the one after it."""
        place = self.queue.index(problem_id) if problem_id in self.queue else 0
        self.queue = [one for one in self.queue if one != problem_id]
        following = self.queue[place : place + 1] or self.queue[:1]
        self._show(following[0] if following else "")

    def _refused(self, problem_id: str, verb: str, error: Exception) -> None:
        self._deciding = False
        if isinstance(error, Faulty):
            self._point_out(problem_id, verb, error)
        elif isinstance(error, KnownError):
            self.decisions.tell(error.message, "red")
            self.refresh()
        else:
            self.office.work.crashed.emit(error)

    def _point_out(self, problem_id: str, verb: str, error: Faulty) -> None:
        """What stops it, or what is only doubtful: the second time it is meant."""
        if not any(fault.stops for fault in error.faults):
            self._accepted = (problem_id, verb, frozenset(fault.name for fault in error.faults))
        if self.side.currentWidget() is self.form:
            self.form.complain(error.faults)
            return
        again = "" if any(fault.stops for fault in error.faults) else "。仍要登记就再按一次"
        self.decisions.tell(f"{error.message}{again}", "amber")

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
        self._been.append(self.at)
        place = self.queue.index(self.at)
        rest = [*self.queue[:place], *self.queue[place + 1 :]]
        following = rest[place : place + 1] or rest[:1]
        self.queue = [*rest, self.at]
        self._show(following[0] if following else self.at)

    def go_back(self) -> None:
        """The one that was skipped last."""
        while self._been:
            before = self._been.pop()
            if before in self.queue and before != self.at:
                self.queue = [one for one in self.queue if one != before]
                place = self.queue.index(self.at) if self.at in self.queue else 0
                self.queue.insert(place, before)
                self._show(before)
                return

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
        self.queue, self.at, self._been = [], "", []
        self.refresh()

    def _to_bench(self) -> None:
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the bench, wherever on it nothing is being typed."""
        box = QApplication.focusWidget()
        typing = isinstance(box, QLineEdit | QPlainTextEdit) or self.side.currentWidget() is self.form
        if event.key() == Qt.Key.Key_Escape:
            self._leave_form()
            return
        if typing or not self.at or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        pressed = QKeySequence(event.key()).toString()
        pressed = "Return" if pressed == "Enter" else pressed
        for key_id, act in self._acts().items():
            if pressed in keys.key(key_id).keys:
                act(keys.key(key_id).keys.index(pressed))
                return
        super().keyPressEvent(event)

    def _acts(self) -> dict[str, Callable[[int], None]]:
        rows, verbs = list(self.criteria.rows.values()), list(self.decisions.buttons)
        return {
            "answer_criterion": lambda place: None if self.read_only else rows[place].answer(),
            "write_basis": self.criteria.write_basis,
            "take_category": lambda _place: self.card.take_category(),
            "decide": lambda place: self.decide(verbs[place]),
            "decide_suggested": lambda _place: self.take_suggested(),
            "skip_candidate": lambda _place: self.skip(),
            "candidate_before": lambda _place: self.go_back(),
            "open_candidate": lambda _place: self.open_record(),
        }


def _key_words() -> str:
    return (
        "1 2 3 依次换 是、否、待定　Q W E 写依据　4 类别　5 筛选入　6 不予采纳　7 暂不具备　8 现场解决　9 上报　"
        "回车 按建议办　0 跳过　退格 上一个　O 打开记录"
    )
