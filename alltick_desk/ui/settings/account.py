"""The page for the vendor, the plan and the token."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from alltick_desk.model.settings import ENABLED, PLAN
from alltick_desk.store.keyring import KeyringState
from alltick_desk.store.secrets import Place
from alltick_desk.ui.settings.draft import Draft, token_problem
from alltick_desk.ui.settings.parts import Hint, Problem

translate = QCoreApplication.translate

_PLACES = (Place.KEYRING, Place.SESSION, Place.FILE)


class AccountPage(QWidget):
    """Edits one draft at a time; tells ``on_edit`` of every change, ``on_plan`` of the plan's."""

    def __init__(
        self,
        *,
        offers_file: bool,
        on_edit: Callable[[], None],
        on_plan: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._keyring = KeyringState.UNASKED
        self._offers_file = offers_file
        self._on_edit = on_edit
        self._on_plan = on_plan
        self.setObjectName("accountPage")
        self._build()

    def load(self, draft: Draft, keyring: KeyringState) -> None:
        """Show ``draft`` and write into it from now on."""
        self._draft = None  # nothing is an edit while it is being shown
        self._keyring = keyring
        self._enabled.setChecked(draft.enabled)
        self._plan.clear()
        for plan in draft.account.plans:
            self._plan.addItem(translate("Plans", plan.title), plan.name)
        self._plan.setCurrentIndex(max(0, self._plan.findData(draft.chosen_plan().name)))
        self._token.setText(draft.token)
        self._show.setChecked(False)
        self._fill_places(draft)
        self._draft = draft
        self._refresh()

    def focus_token(self) -> None:
        """Put the cursor into the token's field."""
        self._token.setFocus()

    def _build(self) -> None:
        form = self._form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setVerticalSpacing(4)
        form.setContentsMargins(12, 12, 12, 12)

        self._enabled = QCheckBox(translate("Settings", ENABLED.label), self)
        self._enabled.setObjectName("vendorEnabled")
        self._enabled.setAccessibleName(translate("Settings", ENABLED.label))
        self._enabled.setToolTip(translate("Settings", ENABLED.help))
        form.addRow("", self._enabled)

        self._plan = QComboBox(self)
        self._plan.setObjectName("plan")
        self._plan.setAccessibleName(translate("Settings", PLAN.label))
        form.addRow(translate("Settings", PLAN.label), self._plan)
        form.addRow("", Hint(translate("Settings", PLAN.help), self))
        self._build_token(form)

        self._enabled.toggled.connect(self._take_enabled)
        self._plan.currentIndexChanged.connect(self._take_plan)
        self._token.textEdited.connect(self._take_token)
        self._show.toggled.connect(self._reveal)
        self._forget.clicked.connect(self._take_forget)
        self._place.currentIndexChanged.connect(self._take_place)

    def _build_token(self, form: QFormLayout) -> None:
        self._token = QLineEdit(self)
        self._token.setObjectName("token")
        self._token.setAccessibleName(translate("Settings", "Token"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.setMaxLength(512)
        self._show = QPushButton(translate("Settings", "Show"), self)
        self._show.setObjectName("showToken")
        self._show.setAccessibleName(translate("Settings", "Show the token"))
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        self._forget = QPushButton(translate("Settings", "Forget"), self)
        self._forget.setObjectName("forgetToken")
        self._forget.setAccessibleName(translate("Settings", "Forget the token"))
        self._forget.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self._token, 1)
        line.addWidget(self._show)
        line.addWidget(self._forget)
        form.addRow(translate("Settings", "Token"), line)
        self._problem = Problem(self)
        form.addRow("", self._problem)
        self._where = Hint("", self)
        self._where.setObjectName("tokenWhere")
        form.addRow("", self._where)

        self._place = QComboBox(self)
        self._place.setObjectName("tokenPlace")
        self._place.setAccessibleName(translate("Settings", "Keep the token in"))
        form.addRow(translate("Settings", "Keep it in"), self._place)
        self._warning = Hint("", self)
        self._warning.setObjectName("tokenWarning")
        form.addRow("", self._warning)

    def _fill_places(self, draft: Draft) -> None:
        titles = {
            Place.KEYRING: translate("Settings", "The system's keyring"),
            Place.SESSION: translate("Settings", "Memory, for this session only"),
            Place.FILE: translate("Settings", "A file that only you can read"),
        }
        self._place.clear()
        for place in _PLACES:
            offered = {
                Place.KEYRING: self._keyring is not KeyringState.MISSING,
                Place.FILE: self._offers_file,
            }.get(place, True)
            if offered:
                self._place.addItem(titles[place], place.value)
        index = self._place.findData(draft.place.value if draft.place else None)
        if index < 0:
            index = self._place.findData(Place.SESSION.value)
            if not draft.from_environment:
                draft.place = Place.SESSION
        self._place.setCurrentIndex(index)

    def _refresh(self) -> None:
        draft = self._draft
        if draft is None:
            return
        outside = draft.from_environment
        for widget in (self._token, self._show):
            widget.setEnabled(not outside)
        self._form.setRowVisible(self._place, not outside)
        self._forget.setEnabled(
            not outside and draft.account.place is not None and not draft.forget
        )
        self._token.setPlaceholderText(
            translate("Settings", "Paste the vendor's token here")
            if draft.account.place is None or draft.forget
            else "••••••••••••"
        )
        self._problem.say(token_problem(draft.token))
        self._where.setText(_where(draft))
        self._warning.setText("" if outside else _warning(draft.place, self._keyring))

    def _edited(self) -> None:
        self._refresh()
        self._on_edit()

    def _take_enabled(self, on: bool) -> None:
        if self._draft is not None:
            self._draft.enabled = on
            self._edited()

    def _take_plan(self) -> None:
        if self._draft is not None:
            self._draft.plan = str(self._plan.currentData())
            self._edited()
            self._on_plan()

    def _take_token(self, text: str) -> None:
        if self._draft is not None:
            self._draft.token = text
            self._draft.forget = False
            self._edited()

    def _take_forget(self) -> None:
        if self._draft is not None:
            self._token.clear()
            self._draft.token = ""
            self._draft.forget = True
            self._edited()

    def _take_place(self) -> None:
        if self._draft is not None:
            self._draft.place = Place(self._place.currentData())
            self._edited()

    def _reveal(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self._token.setEchoMode(mode)
        self._show.setText(translate("Settings", "Hide") if on else translate("Settings", "Show"))


def _where(draft: Draft) -> str:
    if draft.forget:
        return translate("Settings", "The token is forgotten when you apply this.")
    if draft.token.strip():
        return translate("Settings", "This token takes the place of the present one.")
    if draft.from_environment:
        return translate(
            "Settings",
            "The token comes from the environment variable {name}. It is changed there, not here.",
        ).format(name=draft.account.environment)
    return {
        None: translate("Settings", "There is no token yet. You find it in the vendor's console."),
        Place.KEYRING: translate("Settings", "The token lies in your system's keyring."),
        Place.FILE: translate("Settings", "The token lies in a file that only you can read."),
        Place.SESSION: translate("Settings", "The token is in memory until the desk closes."),
    }[draft.account.place]


def _warning(place: Place | None, keyring: KeyringState) -> str:
    if place is Place.FILE:
        return translate(
            "Settings",
            "The file is not encrypted (mode 0600): any program that you start can read it.",
        )
    if place is Place.KEYRING:
        return {
            KeyringState.WAITING: translate(
                "Settings",
                "Waiting for your keyring: it asks for a passphrase, perhaps in another window.",
            ),
            KeyringState.LOCKED: translate(
                "Settings", "Your keyring is locked. Unlock it, or choose another place."
            ),
            KeyringState.FAULTY: translate(
                "Settings", "Your keyring does not work. Choose another place."
            ),
        }.get(keyring, translate("Settings", "The keyring keeps the token encrypted."))
    if keyring is KeyringState.MISSING:
        return translate(
            "Settings",
            "There is no keyring on this system. You enter the token again at the next start.",
        )
    return translate("Settings", "You enter the token again at the next start.")
