"""What the dialogs about product lists say."""

from PySide6.QtCore import QCoreApplication, QLocale

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.catalogue_import import Outcome, Tally

translate = QCoreApplication.translate

_OUTCOMES = {
    Outcome.NEW: QT_TRANSLATE_NOOP("Import", "new"),
    Outcome.CHANGED: QT_TRANSLATE_NOOP("Import", "other name"),
    Outcome.KNOWN: QT_TRANSLATE_NOOP("Import", "known"),
    Outcome.DUPLICATE: QT_TRANSLATE_NOOP("Import", "duplicate, left out"),
    Outcome.UNREADABLE: QT_TRANSLATE_NOOP("Import", "no code, left out"),
}


def outcome_word(outcome: Outcome) -> str:
    """Return what becomes of a line, in a word or two."""
    return translate("Import", _OUTCOMES[outcome])


def counted(tally: Tally) -> str:
    """Return what a list holds, in sentences."""
    counts = tally.counts
    words = translate(
        "Import",
        "{whole} instruments: {new} new, {changed} with other names than now, {known} known.",
    ).format(
        whole=number(len(tally.instruments)),
        new=number(counts[Outcome.NEW]),
        changed=number(counts[Outcome.CHANGED]),
        known=number(counts[Outcome.KNOWN]),
    )
    parts = [words]
    if counts[Outcome.DUPLICATE]:
        said = translate("Import", "Left out as duplicates: {count}.")
        parts.append(said.format(count=number(counts[Outcome.DUPLICATE])))
    if unreadable := counts[Outcome.UNREADABLE]:
        lines = ", ".join(map(str, tally.unreadable))
        if unreadable > len(tally.unreadable):
            lines += ", …"
        if unreadable == 1:
            said = translate("Import", "Left out without a readable code: {count} (line {lines}).")
        else:
            said = translate("Import", "Left out without a readable code: {count} (lines {lines}).")
        parts.append(said.format(count=number(unreadable), lines=lines))
    return " ".join(parts)


def number(count: int) -> str:
    """Return a count with the screen's marks between thousands."""
    return QLocale().toString(count)
