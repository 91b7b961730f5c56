"""The settings dialog. It works on a draft and hands out one change; it knows no service."""

from alltick_desk.ui.settings.dialog import SettingsDialog
from alltick_desk.ui.settings.draft import Account, SettingsChange, SettingsSnapshot, TokenChange

__all__ = ["Account", "SettingsChange", "SettingsDialog", "SettingsSnapshot", "TokenChange"]
