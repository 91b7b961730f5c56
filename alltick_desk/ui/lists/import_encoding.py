"""The encoding that a file is read in: guessed, and a person may know better."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from alltick_desk.observe import Hook
from alltick_desk.services.list_text_decode import ENCODINGS

translate = QCoreApplication.translate


class EncodingChoice(QWidget):
    """Offers the encodings, ``guessed`` first chosen.

    Attributes:
        changed: emitted when another one was chosen.
    """

    def __init__(self, guessed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.changed: Hook[[]] = Hook()
        self._box = QComboBox(self)
        self._box.setObjectName("listImport.encoding")
        self._box.setAccessibleName(translate("Lists", "Encoding"))
        self._box.setToolTip(
            translate("Lists", "Choose another one where names or notes are not legible.")
        )
        for encoding in ENCODINGS:
            title = encoding
            if encoding == guessed:
                title = translate("Lists", "{encoding} (guessed)").format(encoding=encoding)
            self._box.addItem(title, encoding)
        self._box.setCurrentIndex(self._box.findData(guessed))
        self._box.currentIndexChanged.connect(self._change)
        label = QLabel(translate("Lists", "Encoding:"), self)
        label.setBuddy(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self._box)
        row.addStretch(1)

    @property
    def chosen(self) -> str:
        """The encoding to read in."""
        return str(self._box.currentData())

    def _change(self) -> None:
        self.changed.emit()
