"""When the program itself fails: a dialog with a report that holds nothing personal, and the window goes on."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QStandardPaths, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from chain_office import files, mishaps
from chain_office.domain.errors import KnownError
from chain_office.ui import choosing
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_WIDTH, _HEIGHT = 640, 420


class CrashDialog(QDialog):
    """What happened, the report, 复制 · 保存为文件 · 继续."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("程序出错")
        self.resize(_WIDTH, _HEIGHT)
        self._times = 1
        self.again = label("", "quiet")
        self.again.hide()
        self.report = QPlainTextEdit(mishaps.report(error))
        self.report.setReadOnly(True)
        self.report.setAccessibleName("报告")
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.said = label("", "quiet", wrap=True)
        self.copy_button = QPushButton("复制")
        self.copy_button.clicked.connect(self._copy)
        self.save_button = QPushButton("保存为文件……")
        self.save_button.clicked.connect(lambda: choosing.place_report(self, mishaps.report_name(), self.save))
        self.go_on = QPushButton("继续")
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        foot = QHBoxLayout()
        for button in (self.copy_button, self.save_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("程序遇到一个没有料到的错误", "title"))
        column.addWidget(
            label(
                "刚才那一步没有做成；已经保存的内容都在。请把下面的报告发给开发者：里面只有程序自己的信息，"
                "没有台账内容、姓名和本机路径。",
                wrap=True,
            )
        )
        column.addWidget(self.again)
        column.addWidget(self.report, 1)
        column.addWidget(self.said)
        column.addLayout(foot)

    def happened_again(self) -> None:
        """Another failure while the dialog is open: counted, not piled up."""
        self._times += 1
        self.again.setText(f"又出了 {self._times - 1} 次错，都记在日志里。")
        self.again.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.said.setText("已复制。")

    def save(self, path: Path) -> None:
        """Write the report to a file."""
        try:
            files.write_bytes(path, self.report.toPlainText().encode("utf-8"))
        except KnownError as error:
            self.said.setText(error.message)
        else:
            self.said.setText(f"已保存到“{path.name}”。")


class Crashes(QObject):
    """Shows failures from wherever they come: slots, other threads, the database thread."""

    came = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._dialog: CrashDialog | None = None
        self.came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def happened(self, error: BaseException) -> None:
        """A failure of ours, from any thread."""
        mishaps.log("crash", error)
        self.came.emit(error)

    def _show(self, error: BaseException) -> None:
        if self._dialog is not None:
            self._dialog.happened_again()
            return
        self._dialog = CrashDialog(error, self._parent)
        self._dialog.finished.connect(self._gone)
        self._dialog.open()

    def _gone(self) -> None:
        self._dialog = None

    def catch_all(self) -> None:
        """Take whatever nobody else caught; what Qt itself has to say goes to the log."""
        self.hook()
        qInstallMessageHandler(_log_qt)

    def let_go(self) -> None:
        """The window is gone: Python's own hooks are back, and Qt speaks for itself."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        mishaps.stop_log()

    def hook(self) -> None:
        """Stand behind Python's own hooks: slots and threads."""

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.__excepthook__(kind, error, trace)
            else:
                self.happened(error.with_traceback(trace))

        def thread_hook(what: threading.ExceptHookArgs) -> None:
            if what.exc_value is not None:
                self.happened(what.exc_value)

        sys.excepthook = hook
        threading.excepthook = thread_hook


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind != QtMsgType.QtDebugMsg:
        mishaps.log(f"qt {kind.name}: {message}")


def log_folder() -> Path:
    """Where the log goes: this computer's folder for the program's own data."""
    from pathlib import Path

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "log"
