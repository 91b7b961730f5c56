"""The report of an unexpected error: what a person can copy and send to whoever mends it."""

import hashlib
import platform
import traceback
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk import __version__

translate = QCoreApplication.translate

_KINDS = 20  # more kinds than that tell nothing new


class ErrorReports:
    """Collects unexpected errors and shows them in one dialog that blocks nobody.

    An error that comes again, by the place where it was raised, is counted and not shown again.
    ``redact`` gets every text before it is kept, and takes the tokens out. ``parent`` returns the
    window to stand on, None while there is none.
    """

    def __init__(
        self,
        redact: Callable[[str], str],
        parent: Callable[[], QWidget | None] = lambda: None,
    ) -> None:
        self._redact = redact
        self._parent = parent
        self._texts: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._dialog: ReportDialog | None = None

    def add(self, error: BaseException, doing: str = "") -> bool:
        """Take an error; ``doing`` says during what. Return whether it is of a new kind."""
        kind = fingerprint(error)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        new = self._counts[kind] == 1 and len(self._texts) < _KINDS
        if new:
            self._texts[kind] = self._redact(describe(error, doing))
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.show_text(self.text())
        elif new:
            self._open()
        return new

    def text(self) -> str:
        """Return the whole report, without any token."""
        parts = [self._redact(f"{key}: {value}") for key, value in versions().items()]
        for kind, text in self._texts.items():
            count = self._counts[kind]
            times = f"(it happened {count} times)\n" if count > 1 else ""
            parts.append(f"\n{times}{text}")
        return "\n".join(parts)

    def _open(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = ReportDialog(self._parent())
        self._dialog.show_text(self.text())
        self._dialog.show()  # open() would shut the window beneath


class ReportDialog(QDialog):
    """Shows a text, to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorReport")
        self.resize(720, 460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        layout.addWidget(self._words)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("reportText")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addWidget(self._text, 1)
        buttons = QDialogButtonBox(self)
        self._copy = QPushButton(self)
        self._copy.setObjectName("copyReport")
        self._close = QPushButton(self)
        self._close.setObjectName("closeReport")
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setDefault(True)
        self._copy.clicked.connect(self._copy_text)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._translate()

    def show_text(self, text: str) -> None:
        """Show ``text`` in place of what was there; the reader's place is kept."""
        bar = self._text.verticalScrollBar()
        place = bar.value()
        self._text.setPlainText(text)
        bar.setValue(place)
        self._copy.setText(translate("Report", "Copy"))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText(translate("Report", "Copied"))

    def _translate(self) -> None:
        self.setWindowTitle(translate("Report", "Something went wrong"))
        self.setAccessibleName(translate("Report", "Error report"))
        self._words.setText(
            translate(
                "Report",
                "The desk met an error that it did not expect. It goes on, but what it was doing "
                "may be missing. The report below holds no token; send it to whoever can mend "
                "the desk, and start the desk again if it behaves oddly.",
            )
        )
        self._text.setAccessibleName(translate("Report", "Report"))
        self._copy.setText(translate("Report", "Copy"))
        self._copy.setAccessibleName(translate("Report", "Copy the report"))
        self._close.setText(translate("Report", "Close"))
        self._close.setAccessibleName(translate("Report", "Close the report"))

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)


def versions() -> Mapping[str, str]:
    """Return what somebody else needs to know of this machine, and nothing of its owner."""
    import PySide6

    return {
        "AllTick Desk": __version__,
        "Python": platform.python_version(),
        "Qt": f"{qVersion()}, PySide6 {PySide6.__version__}, {QGuiApplication.platformName()}",
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def describe(error: BaseException, doing: str = "") -> str:
    """Return the traceback as text, after a line that says what was being done."""
    text = "".join(traceback.format_exception(error))
    return f"While {doing}:\n{text}" if doing else text


def fingerprint(error: BaseException) -> str:
    """Return what two errors of one kind share: their types and where they were raised."""
    digest = hashlib.sha256()
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        digest.update(type(current).__qualname__.encode())
        for frame, line in traceback.walk_tb(current.__traceback__):
            code = frame.f_code
            digest.update(f"{code.co_filename}:{code.co_name}:{line}".encode())
        current = current.__cause__ or current.__context__
    return digest.hexdigest()
