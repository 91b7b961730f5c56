"""What the preview of an import says, in a person's language."""

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.words import QT_TRANSLATE_NOOP
from alltick_desk.services.list_text import Verdict

translate = QCoreApplication.translate

_VERDICTS = {
    Verdict.NEW: QT_TRANSLATE_NOOP("Lists", "New"),
    Verdict.MENDED: QT_TRANSLATE_NOOP("Lists", "Mended"),
    Verdict.UNKNOWN: QT_TRANSLATE_NOOP("Lists", "Unknown"),
    Verdict.ALREADY_THERE: QT_TRANSLATE_NOOP("Lists", "Already there"),
    Verdict.UNREADABLE: QT_TRANSLATE_NOOP("Lists", "Unreadable"),
    Verdict.HEADING: QT_TRANSLATE_NOOP("Lists", "Heading"),
}
_HELP = {
    Verdict.NEW: QT_TRANSLATE_NOOP("Lists", "These are added as they are written."),
    Verdict.MENDED: QT_TRANSLATE_NOOP("Lists", "These are added in the desk's spelling."),
    Verdict.UNKNOWN: QT_TRANSLATE_NOOP(
        "Lists", "The catalogue does not have these. They are added, and the vendor will tell."
    ),
    Verdict.ALREADY_THERE: QT_TRANSLATE_NOOP("Lists", "These stay as they are in the list."),
    Verdict.UNREADABLE: QT_TRANSLATE_NOOP(
        "Lists", "These can be read as no code and are left out; the remark says why."
    ),
    Verdict.HEADING: QT_TRANSLATE_NOOP("Lists", "These name lists and sections."),
}
_SEPARATORS = {
    ",": QT_TRANSLATE_NOOP("Lists", "commas"),
    ";": QT_TRANSLATE_NOOP("Lists", "semicolons"),
    "\t": QT_TRANSLATE_NOOP("Lists", "tabs"),
    "|": QT_TRANSLATE_NOOP("Lists", "bars"),
    "，": QT_TRANSLATE_NOOP("Lists", "Chinese commas"),
    "；": QT_TRANSLATE_NOOP("Lists", "Chinese semicolons"),
    "、": QT_TRANSLATE_NOOP("Lists", "Chinese enumeration commas"),
}
VERDICTS = tuple(_VERDICTS)


def verdict_word(verdict: Verdict) -> str:
    """Return what becomes of a line, in a word or two."""
    return translate("Lists", _VERDICTS[verdict])


def verdict_help(verdict: Verdict) -> str:
    """Return what becomes of a line, in a sentence."""
    return translate("Lists", _HELP[verdict])


def how_read(encoding: str, separator: str) -> str:
    """Tell how a text was read; ``encoding`` is "" where it came without one."""
    if separator:
        marks = translate("Lists", _SEPARATORS[separator])
        kind = translate("Lists", "a table with {marks} between its columns").format(marks=marks)
    else:
        kind = translate("Lists", "codes alone")
    if not encoding:
        return translate("Lists", "Read as {kind}.").format(kind=kind)
    return translate("Lists", "Read as {kind}, in {encoding}.").format(kind=kind, encoding=encoding)
