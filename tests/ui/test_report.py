"""The report of an unexpected error: copyable, once a kind, and without a token."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.ui.report import ErrorReports, fingerprint, versions

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def redact(text: str) -> str:
    return text.replace("s3cr3t", "…")


def raised(kind: int, text: str = "token=s3cr3t") -> Exception:
    try:
        if kind == 1:
            raise ValueError(text)
        if kind == 2:
            try:
                raise KeyError(text)
            except KeyError as error:
                raise RuntimeError(text) from error
        raise ZeroDivisionError(text)
    except Exception as error:  # noqa: BLE001 - they are made to be caught
        return error


@pytest.fixture
def reports(qtbot: QtBot) -> Iterator[ErrorReports]:
    reports = ErrorReports(redact)
    yield reports
    if reports._dialog is not None:
        reports._dialog.close()
        reports._dialog.deleteLater()


def shown(reports: ErrorReports) -> str:
    assert reports._dialog is not None
    view = reports._dialog.findChild(QPlainTextEdit, "reportText")
    assert view is not None
    return view.toPlainText()


def click(reports: ErrorReports, name: str) -> None:
    assert reports._dialog is not None
    button = reports._dialog.findChild(QAbstractButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_error_opens_a_report_that_can_be_copied(reports: ErrorReports) -> None:
    assert reports.add(raised(1), "drawing the chart")
    text = shown(reports)
    assert "While drawing the chart:" in text
    assert "ValueError: token=…" in text
    assert "test_report.py" in text
    for name, version in versions().items():
        assert f"{name}: {version}" in text
    click(reports, "copyReport")
    assert QApplication.clipboard().text() == text
    assert reports._dialog is not None
    assert reports._dialog.accessibleName() == "Error report"
    assert not reports._dialog.isModal()
    click(reports, "closeReport")
    assert not reports._dialog.isVisible()


def test_no_token_anywhere_not_even_in_a_cause(reports: ErrorReports) -> None:
    reports.add(raised(2), "asking with s3cr3t")
    assert "direct cause" in shown(reports)
    assert "s3cr3t" not in shown(reports) + reports.text() + repr(vars(reports))


def test_the_same_error_is_counted_and_not_shown_again(reports: ErrorReports) -> None:
    assert reports.add(raised(1, "one"))
    assert not reports.add(raised(1, "two"))
    assert "it happened 2 times" in shown(reports)
    click(reports, "closeReport")
    assert not reports.add(raised(1, "three"))
    assert reports._dialog is not None
    assert not reports._dialog.isVisible()
    assert reports.add(raised(3))
    assert reports._dialog.isVisible()
    assert "it happened 3 times" in shown(reports)
    assert "ZeroDivisionError" in shown(reports)


def test_another_kind_joins_the_open_report(reports: ErrorReports) -> None:
    reports.add(raised(1))
    first = reports._dialog
    reports.add(raised(2))
    assert reports._dialog is first
    assert "ValueError" in shown(reports)
    assert "RuntimeError" in shown(reports)


def test_kinds_without_end_are_not_all_kept(reports: ErrorReports) -> None:
    new = 0
    for number in range(30):
        namespace: dict[str, object] = {}
        kind = type(f"Kind{number}", (Exception,), namespace)
        new += reports.add(kind("x"))
    assert new == 20


def test_a_kind_is_types_and_places_not_words() -> None:
    assert fingerprint(raised(1, "a")) == fingerprint(raised(1, "b"))
    assert len({fingerprint(raised(kind)) for kind in (1, 2, 3)}) == 3
    loop = ValueError("x")
    loop.__context__ = other = ValueError("y")
    other.__context__ = loop
    assert fingerprint(loop)


def test_it_stands_on_the_window_that_there_is(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    reports = ErrorReports(redact, lambda: window)
    reports.add(raised(1))
    assert reports._dialog is not None
    assert reports._dialog.parent() is window
