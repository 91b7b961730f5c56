"""The dialog: pages over one draft a vendor, and the buttons beneath."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from alltick_desk.errors import DeskError
from alltick_desk.model.settings import LOOKS, TABLE, Settings
from alltick_desk.ui.plain_buttons import plain_buttons
from alltick_desk.ui.settings.account import AccountPage
from alltick_desk.ui.settings.draft import (
    Draft,
    FieldError,
    SettingsChange,
    SettingsSnapshot,
    TokenChange,
)
from alltick_desk.ui.settings.limits import LimitsPage
from alltick_desk.ui.settings.pages import ConnectionPage, OptionsPage
from alltick_desk.ui.settings.parts import OfVendor, Problem, raise_page
from alltick_desk.ui.words import spoken

translate = QCoreApplication.translate

_Button = QDialogButtonBox.StandardButton
_PAGES = ("account", "limits", "connection", "appearance", "table")


class SettingsDialog(QDialog):
    """Lets a person change everything; open it with ``open()``.

    ``apply`` gets one change and may raise a DeskError, whose sentence is shown in place. What
    takes longer, such as a keyring that asks, comes back later through ``refresh``. ``on_vendor``
    is told whose pages a person turns to.
    """

    def __init__(
        self,
        snapshot: SettingsSnapshot,
        apply: Callable[[SettingsChange], None],
        parent: QWidget | None = None,
        *,
        on_vendor: Callable[[str], None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._apply = apply
        self._on_vendor = on_vendor
        self._settings = snapshot.settings
        self._drafts = self._begin()
        self._vendor = snapshot.accounts[0].vendor
        self.setObjectName("settings")
        self.resize(680, 580)
        layout = QVBoxLayout(self)
        self._body: QWidget | None = None
        self._build()
        layout.setContentsMargins(12, 12, 12, 12)

    def show_page(self, page: str) -> None:
        """Bring a page to the front: account, limits, connection, appearance or table."""
        self._turn_to(page)
        if page == "account":
            self._account.focus_token()

    def begin_with(self, vendor: str, *, alone: bool) -> None:
        """Have this vendor in use, and put the cursor where its token is entered.

        ``alone`` takes the others out of use that have no token.
        """
        for name, draft in self._drafts.items():
            if name == vendor:
                draft.enabled = True
            elif alone and draft.account.place is None:
                draft.enabled = False
        self._vendors.setCurrentIndex(self._vendors.findData(vendor))
        self._edited()
        self._load()
        self.show_page("account")

    def show_problem(self, sentence: str) -> None:
        """Show what went wrong, above the buttons; "" for nothing."""
        self._problem.say(spoken(sentence))

    def refresh(self, snapshot: SettingsSnapshot) -> None:
        """Take what is known of tokens and keyring now; what was typed stays."""
        self._snapshot = snapshot
        for account in snapshot.accounts:
            draft = self._drafts.get(account.vendor)
            if draft is not None:
                if draft.place is draft.account.place or account.place is None:
                    draft.place = account.place or draft.place
                draft.account = account
        self._load()

    # Building

    def _begin(self) -> dict[str, Draft]:
        return {
            account.vendor: Draft.of(
                account, self._settings.vendor(account.vendor), self._snapshot.keyring
            )
            for account in self._snapshot.accounts
        }

    def _build(self) -> None:
        """Make every widget, in the language of now; the drafts keep what was typed."""
        self.setWindowTitle(translate("Settings", "Settings"))
        self.setAccessibleName(translate("Settings", "Settings"))
        body = QWidget(self)
        body.setObjectName("settingsBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._account = AccountPage(
            offers_file=self._snapshot.offers_file,
            on_edit=self._edited,
            on_plan=self._load_limits,
            parent=body,
        )
        self._limits = LimitsPage(self._edited, body)
        self._connection = ConnectionPage(self._edited, body)
        self._appearance = OptionsPage(LOOKS, self._settings, self._edited, body)
        self._appearance.setObjectName("appearancePage")
        self._table = OptionsPage(TABLE, self._settings, self._edited, body)
        self._table.setObjectName("tablePage")
        self._tabs = QTabWidget(body)
        self._tabs.setObjectName("settingsPages")
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(translate("Settings", "Pages"))
        vendors = self._build_vendors()
        first = OfVendor(self._account, vendors)
        first.take_choice()
        for page, title in (
            (first, translate("Settings", "Account")),
            (OfVendor(self._limits, vendors), translate("Settings", "Limits")),
            (OfVendor(self._connection, vendors), translate("Settings", "Connection")),
            (self._appearance, translate("Settings", "Appearance")),
            (self._table, translate("Settings", "Table")),
        ):
            raise_page(page)
            self._tabs.addTab(page, title)
        self._tabs.currentChanged.connect(self._order_keys)
        self._order_keys()
        layout.addWidget(self._tabs, 1)

        self._problem = Problem(body)
        self._problem.setObjectName("settingsProblem")
        layout.addWidget(self._problem)
        self._buttons = plain_buttons(
            QDialogButtonBox(_Button.Ok | _Button.Apply | _Button.Cancel, body)
        )
        self._buttons.setObjectName("settingsButtons")
        for button, text in (
            (_Button.Ok, translate("Settings", "OK")),
            (_Button.Apply, translate("Settings", "Apply")),
            (_Button.Cancel, translate("Settings", "Cancel")),
        ):
            self._buttons.button(button).setText(text)
            self._buttons.button(button).setAccessibleName(text)
        self._buttons.accepted.connect(self._ok)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(_Button.Apply).clicked.connect(self._apply_now)
        self._buttons.button(_Button.Apply).setEnabled(False)
        layout.addWidget(self._buttons)

        own = self.layout()
        assert own is not None  # noqa: S101 - __init__ made it
        if self._body is not None:
            own.removeWidget(self._body)
            self._body.deleteLater()
        own.addWidget(body)
        body.show()
        self._body = body
        self._load()

    def _build_vendors(self) -> QWidget:
        """Make the choice of the vendor, which stands on every page that is of one."""
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(12, 12, 12, 0)
        label = QLabel(translate("Settings", "Vendor"), widget)
        self._vendors = QComboBox(widget)
        self._vendors.setObjectName("vendor")
        self._vendors.setAccessibleName(translate("Settings", "Vendor"))
        for account in self._snapshot.accounts:
            self._vendors.addItem(account.title, account.vendor)
        self._vendors.setCurrentIndex(self._vendors.findData(self._vendor))
        self._vendors.currentIndexChanged.connect(self._choose_vendor)
        row.addWidget(label)
        row.addWidget(self._vendors)
        row.addStretch(1)
        return widget

    def _order_keys(self) -> None:
        """Have the Tab key come from the tabs to the vendor, wherever that stands now."""
        self.setTabOrder(self._tabs.tabBar(), self._vendors)

    def _turn_to(self, page: str) -> None:
        self._tabs.setCurrentIndex(_PAGES.index(page))

    def _load(self) -> None:
        draft = self._drafts[self._vendor]
        self._account.load(draft, self._snapshot.keyring)
        self._limits.load(draft)
        self._connection.load(draft)

    def _load_limits(self) -> None:
        self._limits.load(self._drafts[self._vendor])

    def _choose_vendor(self) -> None:
        self._vendor = str(self._vendors.currentData())
        self._load()
        self._on_vendor(self._vendor)

    # Applying

    def _edited(self) -> None:
        self._problem.say("")
        self._buttons.button(_Button.Apply).setEnabled(True)

    def _gather(self) -> SettingsChange:
        settings: Settings = self._chosen()
        tokens: dict[str, TokenChange] = {}
        for vendor, draft in self._drafts.items():
            settings = settings.with_vendor(vendor, draft.settings(settings.vendor(vendor)))
            change = draft.token_change()
            if change is not None:
                tokens[vendor] = change
        return SettingsChange(settings, tokens)

    def _chosen(self) -> Settings:
        return self._table.changed(self._appearance.changed(self._settings))

    def _apply_now(self) -> bool:
        try:
            change = self._gather()
        except FieldError as error:
            self._point_at(error)
            return False
        try:
            self._apply(change)
        except DeskError as error:
            self._problem.say(spoken(str(error)))
            return False
        self._settings = change.settings
        for vendor in change.tokens:
            self._drafts[vendor].token = ""
            self._drafts[vendor].forget = False
        self._load()
        self._problem.say("")
        self._buttons.button(_Button.Apply).setEnabled(False)
        return True

    def _ok(self) -> None:
        if self._apply_now():
            self.accept()

    def _point_at(self, error: FieldError) -> None:
        self._vendors.setCurrentIndex(self._vendors.findData(error.vendor))
        self._turn_to(error.page)
        self._problem.say(
            translate("Settings", "Nothing was changed yet: {problem}").format(problem=error)
        )
        if error.page == "limits":
            self._limits.focus_limit(error.field_id)
        elif error.page == "connection":
            self._connection.focus_address()
        else:
            self._account.focus_token()

    # Qt's own

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._body is not None:
            self._settings = self._chosen()
            page = self._tabs.currentIndex()
            self._build()
            self._tabs.setCurrentIndex(page)
        super().changeEvent(event)
