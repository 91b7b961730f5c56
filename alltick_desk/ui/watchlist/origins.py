"""Where every value of a row comes from, in a window of its own."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from alltick_desk.services.quotes import QuoteRow
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.watchlist.model import WatchlistModel
from alltick_desk.ui.watchlist.provenance import provenance
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate


def show_origins(parent: QWidget, row: QuoteRow, model: WatchlistModel, label: str) -> None:
    """Open a window that tells of the columns shown, in their order."""
    model.unpack(row)
    parts = [
        "\n".join(map(spoken, provenance(row, column, model.reading))) for column in model.columns
    ]
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
