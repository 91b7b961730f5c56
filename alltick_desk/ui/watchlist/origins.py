"""Where every value of a row comes from, in a window of its own."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.provenance import provenance
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate


def show_origins(
    parent: QWidget, row: QuoteRow, model: WatchlistModel, label: str, column: int
) -> None:
    """Open a window that tells of the columns shown, in their order, at one of them."""
    model.unpack(row)
    parts = ["\n".join(map(spoken, provenance(row, its, model.reading))) for its in model.columns]
    dialog = QDialog(parent)
    dialog.setObjectName("watchlist.origins")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    title = translate("Watchlist", "Where {label} comes from").format(label=label)
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)
    text = QPlainTextEdit("\n\n".join(parts), dialog)
    text.setObjectName("watchlist.origins.text")
    text.setAccessibleName(title)
    text.setReadOnly(True)
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    buttons = plain_buttons(QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog))
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    close.setText(translate("Watchlist", "Close"))
    close.setAccessibleName(close.text())
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text, 1)
    layout.addWidget(buttons)
    metrics = dialog.fontMetrics()
    dialog.resize(metrics.averageCharWidth() * 80, metrics.height() * 28)
    dialog.open()
    _go_to(text, sum(len(part) + 2 for part in parts[:column]))


def _go_to(text: QPlainTextEdit, place: int) -> None:
    """Put the cursor there, and its line at the top where there is enough beneath it."""
    for at in (len(text.toPlainText()), place):  # from beneath it comes in at the top
        cursor = text.textCursor()
        cursor.setPosition(at)
        text.setTextCursor(cursor)
