"""What stands above the chart: the instrument, the buttons, one bar's figures, and a note."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from alltick_desk.ui.chart.elided import ElidedLabel
from alltick_desk.ui.chart.readout import ReadOut
from alltick_desk.ui.theme import Theme

translate = QCoreApplication.translate


class Heading(QWidget):
    """Two rows: the title with buttons to its right, and the read-out with a note to its right.

    Attributes:
        readout: the figures of one bar.
    """

    def __init__(self, theme: Theme, buttons: tuple[QWidget, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ElidedLabel(self)
        self._name.setObjectName("chartName")
        bold = self._name.font()
        bold.setBold(True)
        self._name.setFont(bold)
        self._code = QLabel(self)
        self._code.setObjectName("chartCode")
        self._note = ElidedLabel(self)
        self._note.setObjectName("chartNote")
        # The figures come first; the note has what they leave.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout = ReadOut(theme, self)
        title = QHBoxLayout()
        title.setContentsMargins(8, 4, 4, 0)
        title.setSpacing(6)
        title.addWidget(self._name)
        title.addWidget(self._code)
        title.addStretch(1)
        for button in buttons:
            title.addWidget(button)
        figures = QHBoxLayout()
        figures.setContentsMargins(8, 0, 8, 3)
        figures.setSpacing(12)
        figures.addWidget(self.readout)
        figures.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title)
        column.addLayout(figures)

    @property
    def title(self) -> str:
        """What is charted."""
        return " ".join(filter(None, (self._name.text(), self._code.text())))

    def name(self, name: str, code: str) -> None:
        """Name the instrument; ``code`` alone where it has no name."""
        self._name.setText(name or code)
        self._code.setText(code if name else "")

    def note(self, text: str) -> None:
        """Say something in passing; "" for nothing."""
        self._note.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.readout.set_theme(theme)
        for label in (self._code, self._note):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), theme.muted)
            label.setPalette(palette)

    def translate(self) -> None:
        """Take the words of the current language."""
        self._name.setAccessibleName(translate("Chart", "Charted instrument"))
        self._code.setAccessibleName(translate("Chart", "Charted code"))
        self._note.setAccessibleName(translate("Chart", "Chart note"))
        self.readout.setAccessibleName(translate("Chart", "Bar"))
        self.readout.forget_width()
