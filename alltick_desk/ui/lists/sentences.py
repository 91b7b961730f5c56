"""What is said after an edit of lists, and the names that new ones begin with."""

from collections.abc import Collection, Sequence

from alltick_desk.model.words import Sentence

_NAMED = 4  # more codes than these are counted


def deleted_list(name: str) -> Sentence:
    """Tell that a list is gone, and the way back."""
    words = Sentence("Lists", "The list “{name}” is deleted; Undo (Ctrl+Z) brings it back.")
    return words.format(name=name)


def deleted_section(name: str, rows: int) -> Sentence:
    """Tell that a section is gone, with so many rows, and the way back."""
    if rows:
        words = Sentence(
            "Lists",
            "The section “{name}” is deleted with its rows ({n}); Undo (Ctrl+Z) brings it back.",
        )
    else:
        words = Sentence(
            "Lists", "The heading “{name}” is deleted, its rows stay; Undo (Ctrl+Z) brings it back."
        )
    return words.format(name=name, n=rows)


def moved(codes: Sequence[str], name: str, *, copied: bool) -> Sentence:
    """Tell which rows are in another list now, and the way back."""
    if copied:
        words = Sentence("Lists", "{codes} copied to “{name}”; Undo (Ctrl+Z) reverses it.")
    else:
        words = Sentence("Lists", "{codes} moved to “{name}”; Undo (Ctrl+Z) reverses it.")
    return words.format(codes=_listed(codes), name=name)


def there_already(name: str) -> Sentence:
    """Tell why nothing was copied."""
    return Sentence("Lists", "The list “{name}” has all of them already.").format(name=name)


def pasted(added: int, there: int) -> Sentence:
    """Tell what became of pasted codes."""
    if not added:
        return Sentence("Lists", "The list has all of them already; nothing was added.")
    if there:
        words = Sentence(
            "Lists", "Rows added: {n}; in the list already: {m}. Undo (Ctrl+Z) reverses it."
        )
        return words.format(n=added, m=there)
    return Sentence("Lists", "Rows added: {n}. Undo (Ctrl+Z) reverses it.").format(n=added)


def imported(added: int) -> Sentence:
    """Tell how many rows an import brought."""
    words = Sentence("Lists", "Rows imported: {n}. Undo (Ctrl+Z) reverses it.")
    return words.format(n=added)


def copied_text(rows: int) -> Sentence:
    """Tell what is on the clipboard."""
    return Sentence("Lists", "Codes on the clipboard: {n}.").format(n=rows)


def exported(lists: int, rows: int, path: object) -> Sentence:
    """Tell what a file has."""
    words = Sentence("Lists", "{path} is written: lists {n}, rows {m}.")
    return words.format(n=lists, m=rows, path=path)


def not_exported(path: object, why: str) -> Sentence:
    """Tell why there is no file."""
    words = Sentence(
        "Lists", "The file {path} cannot be written: {why}. The lists stay as they are."
    )
    return words.format(path=path, why=why)


def restored(when: str) -> Sentence:
    """Tell that the lists are those of a backup, and the way back."""
    words = Sentence("Lists", "The lists of {when} are back; Undo (Ctrl+Z) reverses it.")
    return words.format(when=when)


def no_codes() -> Sentence:
    """Tell why nothing was pasted."""
    return Sentence("Lists", "There are no codes in what was pasted.")


def _listed(codes: Sequence[str]) -> str:
    if len(codes) <= _NAMED:
        return ", ".join(codes)
    return Sentence("Lists", "{n} rows").format(n=len(codes))


def next_name(pattern: str, taken: Collection[str]) -> str:
    """Return the first name that is free: ``pattern`` with a number in place of ``{n}``.

    ``taken`` are names as ``str.casefold`` gives them.
    """
    number = 1
    while (name := pattern.format(n=number)).casefold() in taken:
        number += 1
    return name
