"""The page with every limit of the plan, and a person's own figures beside them."""

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.ui.settings.draft import Draft, limit_problem
from alltick_desk.ui.settings.parts import Hint, Problem, raise_page
from alltick_desk.ui.theme import figures_font
from alltick_desk.vendors.limits import SECONDS, LimitField, limit_fields

translate = QCoreApplication.translate

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LimitEdit(QLineEdit):
    """One figure: empty for the plan's, which shows through."""

    def __init__(self, limit: LimitField, parent: QWidget) -> None:
        super().__init__(parent)
        self.limit = limit
        label = translate("Limits", limit.label)
        unit = translate("Limits", limit.unit)
        self.setObjectName(limit.id)
        self.setAccessibleName(
            translate("Limits", "{limit}, {unit}").format(limit=label, unit=unit)
        )
        self.setFont(figures_font(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(_figure(limit))
        self.setMaxLength(16)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00,000,000") + 14)


class _Row:
    """One line of the table: a figure, or the calls and seconds of one window."""

    def __init__(self, fields: Sequence[LimitField], page: "LimitsPage", parent: QWidget) -> None:
        self._page = page
        label = translate("Limits", fields[0].label)
        self.label = QLabel(label, parent)
        self.plan = QLabel(_plan_text(fields), parent)
        self.plan.setFont(figures_font(self.plan.font()))
        self.plan.setAlignment(_RIGHT)
        self.plan.setForegroundRole(self.plan.palette().ColorRole.PlaceholderText)
        self.edits = [LimitEdit(field, parent) for field in fields]
        self.units = [QLabel(_between(field), parent) for field in fields]
        self.reset = QToolButton(parent)
        self.reset.setText(translate("Settings", "Reset"))
        self.reset.setAutoRaise(True)
        self.reset.setObjectName("reset." + (fields[0].window or fields[0].id))
        self.reset.setAccessibleName(translate("Settings", "Reset {limit}").format(limit=label))
        self.problem = Problem(parent)
        for edit in self.edits:
            edit.textEdited.connect(self._edited)
        self.reset.clicked.connect(self._clear)

    def load(self, limits: dict[str, str]) -> None:
        for edit in self.edits:
            edit.setText(limits.get(edit.limit.id, ""))
        self.refresh()

    def refresh(self) -> None:
        """Show what is wrong, and what is one's own in bold."""
        problems = [limit_problem(edit.limit, edit.text()) for edit in self.edits]
        self.problem.say(next((problem for problem in problems if problem), ""))
        own = False
        for edit in self.edits:
            font = edit.font()
            mine = bool(edit.text().strip())
            font.setWeight(QFont.Weight.DemiBold if mine else QFont.Weight.Normal)
            edit.setFont(font)
            own = own or mine
        self.reset.setEnabled(own)

    def _edited(self) -> None:
        self._page.take({edit.limit.id: edit.text() for edit in self.edits})
        self.refresh()

    def _clear(self) -> None:
        for edit in self.edits:
            edit.clear()
        self._edited()


class LimitsPage(QWidget):
    """Edits the limits of one draft at a time; tells ``on_edit`` of every change."""

    def __init__(self, on_edit: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._on_edit = on_edit
        self._rows: list[_Row] = []
        self.setObjectName("limitsPage")
        layout = QVBoxLayout(self)
        self._title = Hint("", self)
        self._title.setObjectName("limitsTitle")
        layout.addWidget(self._title)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("limits")
        self._scroll.setAccessibleName(translate("Settings", "Limits"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        self._count = Hint("", self)
        self._count.setObjectName("limitsCount")
        foot.addWidget(self._count, 1)
        self._reset_all = QPushButton(translate("Settings", "Reset all"), self)
        self._reset_all.setObjectName("resetAll")
        self._reset_all.setAccessibleName(translate("Settings", "Reset all limits"))
        self._reset_all.setAutoDefault(False)
        self._reset_all.clicked.connect(self._clear)
        foot.addWidget(self._reset_all)
        layout.addLayout(foot)

    def load(self, draft: Draft) -> None:
        """Show the limits of the draft's plan and write into the draft from now on."""
        self._draft = draft
        plan = draft.chosen_plan()
        self._title.setText(
            translate("Settings", "{vendor}, plan {plan}. Source: {source}.").format(
                vendor=draft.account.title,
                plan=translate("Plans", plan.title),
                source=translate("Plans", plan.source),
            )
        )
        self._build(limit_fields(plan))
        for row in self._rows:
            row.load(draft.limits)
        self._recount()

    def take(self, texts: dict[str, str]) -> None:
        """Write figures into the draft."""
        if self._draft is None:
            return
        for name, text in texts.items():
            if text.strip():
                self._draft.limits[name] = text
            else:
                self._draft.limits.pop(name, None)
        self._recount()
        self._on_edit()

    def focus_limit(self, limit_id: str) -> None:
        """Put the cursor into the field of a limit."""
        for row in self._rows:
            for edit in row.edits:
                if edit.limit.id == limit_id:
                    edit.setFocus()
                    edit.selectAll()
                    self._scroll.ensureWidgetVisible(edit)

    def _build(self, fields: Sequence[LimitField]) -> None:
        table = QWidget()
        table.setObjectName("limitsTable")
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        heads = (
            translate("Settings", "Limit"),
            translate("Settings", "Plan"),
            translate("Settings", "Yours"),
        )
        for column, text in enumerate(heads):
            head = QLabel(text, table)
            head.setForegroundRole(head.palette().ColorRole.PlaceholderText)
            if column == 1:
                head.setAlignment(_RIGHT)
            grid.addWidget(head, 0, column)
        raise_page(table)
        self._rows = []
        grouped = [list(group) for _, group in groupby(fields, lambda one: one.window or one.id)]
        for index, group in enumerate(grouped):
            row = _Row(group, self, table)
            self._rows.append(row)
            line = 2 * index + 1
            grid.addWidget(row.label, line, 0)
            grid.addWidget(row.plan, line, 1)
            own = QHBoxLayout()
            own.setSpacing(6)
            for edit, unit in zip(row.edits, row.units, strict=True):
                own.addWidget(edit)
                own.addWidget(unit)
            own.addStretch(1)
            grid.addLayout(own, line, 2)
            grid.addWidget(row.reset, line, 3)
            grid.addWidget(row.problem, line + 1, 0, 1, 4)
        grid.setRowStretch(2 * len(grouped) + 1, 1)
        self._scroll.setWidget(table)

    def _recount(self) -> None:
        own = 0 if self._draft is None else len(self._draft.limits)
        self._reset_all.setEnabled(own > 0)
        self._count.setText(
            translate("Settings", "An empty field takes the plan's figure.")
            if own == 0
            else translate("Settings", "Figures of your own: {n}.").format(n=own)
        )

    def _clear(self) -> None:
        if self._draft is not None:
            self._draft.limits.clear()
            for row in self._rows:
                row.load(self._draft.limits)
            self._recount()
            self._on_edit()


def _figure(limit: LimitField) -> str:
    return "∞" if limit.value is None else f"{limit.value:,.12g}"


def _plan_text(fields: Sequence[LimitField]) -> str:
    if len(fields) == 1:
        return f"{_figure(fields[0])} {translate('Limits', fields[0].unit)}"
    calls, seconds = fields
    return translate("Settings", "{calls} in {seconds} s").format(
        calls=_figure(calls), seconds=_figure(seconds)
    )


def _between(limit: LimitField) -> str:
    """Return what stands behind a field; the plan's column has told the unit already."""
    if not limit.window:
        return ""
    return translate("Settings", "s") if limit.unit == SECONDS else translate("Settings", "in")
