"""One field for one parameter of an indicator."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from alltick_desk.services.indicators.declaration import Parameter, Value

translate = QCoreApplication.translate


class ParameterField:
    """A spin box with the parameter's bounds, or a list of its choices.

    Attributes:
        widget: what stands in the form.
    """

    def __init__(
        self, parameter: Parameter, on_change: Callable[[], None], parent: QWidget
    ) -> None:
        self.parameter = parameter
        self.widget: QComboBox | QDoubleSpinBox | QSpinBox
        if parameter.choices:
            box = QComboBox(parent)
            for value, title in parameter.choices:
                box.addItem(translate("Indicators", title), value)
            box.currentIndexChanged.connect(on_change)
            self.widget = box
        elif isinstance(parameter.default, int):
            whole = QSpinBox(parent)
            whole.setRange(int(parameter.least), int(parameter.most))
            whole.valueChanged.connect(on_change)
            self.widget = whole
        else:
            number = QDoubleSpinBox(parent)
            number.setDecimals(parameter.digits)
            number.setRange(parameter.least, parameter.most)
            number.setSingleStep(10.0**-parameter.digits)
            number.valueChanged.connect(on_change)
            self.widget = number
        self.widget.setObjectName(f"parameter.{parameter.id}")
        self.widget.setAccessibleName(translate("Indicators", parameter.title))
        if not parameter.choices:
            words = translate("Indicators", "From {least} to {most}, usually {default}")
            bounds = {"least": f"{parameter.least:g}", "most": f"{parameter.most:g}"}
            self.widget.setToolTip(words.format(**bounds, default=f"{parameter.default:g}"))

    @property
    def value(self) -> Value:
        """What the field says."""
        if isinstance(self.widget, QComboBox):
            return str(self.widget.currentData())
        if isinstance(self.widget, QSpinBox):
            return self.widget.value()
        return round(self.widget.value(), self.parameter.digits)

    def show_value(self, value: Value) -> None:
        """Say something else, without calling anybody."""
        with QSignalBlocker(self.widget):
            if isinstance(self.widget, QComboBox):
                self.widget.setCurrentIndex(self.widget.findData(value))
            elif isinstance(self.widget, QSpinBox):
                self.widget.setValue(int(value))
            else:
                self.widget.setValue(float(value))
