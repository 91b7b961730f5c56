"""What is said after an edit of lists, and the names that new ones begin with."""

from collections.abc import Collection, Sequence

from alltick_desk.model.words import Sentence, joined

_NAMED = 4  # more codes than these are counted


def deleted_list(name: str) -> Sentence:
    """Tell that a list is gone."""
    words = Sentence("Lists", "The list “{name}” is deleted.")
    return words.format(name=name)


def deleted_section(name: str, rows: int) -> Sentence:
    """Tell that a section is gone, with so many rows."""
    if rows:
        words = Sentence(
            "Lists",
            "The section “{name}” is deleted with its rows ({n}).",
        )
    else:
        words = Sentence("Lists", "The heading “{name}” is deleted, its rows stay.")
    return words.format(name=name, n=rows)


def below_the_loose(name: str) -> Sentence:
    """Tell why a new section does not stand where its rows stood."""
    words = Sentence(
        "Lists",
        "“{name}” stands below the rows without a section: they are always above the first "
        "heading.",
    )
    return words.format(name=name)


def moved(codes: Sequence[str], known: Sequence[str], name: str, *, copied: bool) -> str:
    """Tell which rows are in another list now, and which it had already."""
    parts = []
    if codes:
        if copied:
            words = Sentence("Lists", "{codes} copied to “{name}”.")
        else:
            words = Sentence("Lists", "{codes} moved to “{name}”.")
        parts.append(words.format(codes=_listed(codes), name=name))
    if known:
        if copied:
            words = Sentence("Lists", "In “{name}” already: {codes}.")
        else:
            words = Sentence("Lists", "In “{name}” already, so only taken out here: {codes}.")
        parts.append(words.format(codes=_listed(known), name=name))
    return joined(*parts)


def there_already(name: str) -> Sentence:
    """Tell why nothing was copied."""
    return Sentence("Lists", "The list “{name}” has all of them already.").format(name=name)


def pasted(added: int, there: int) -> Sentence:
    """Tell what became of pasted codes."""
    if not added:
        return Sentence("Lists", "The list has all of them already; nothing was added.")
    if there:
        words = Sentence("Lists", "Rows added: {n}; in the list already: {m}.")
        return words.format(n=added, m=there)
    return Sentence("Lists", "Rows added: {n}.").format(n=added)


def imported(added: int) -> Sentence:
    """Tell how many rows an import brought."""
    words = Sentence("Lists", "Rows imported: {n}.")
    return words.format(n=added)


def copied_text(rows: int) -> Sentence:
    """Tell what is on the clipboard."""
    return Sentence("Lists", "Codes on the clipboard: {n}.").format(n=rows)


def exported(lists: int, rows: int, path: object) -> Sentence:
    """Tell what a file has."""
    if lists == 1:
        words = Sentence("Lists", "The list is written into {path}, with its rows ({m}).")
    else:
        words = Sentence("Lists", "The lists ({n}) are written into {path}, with their rows ({m}).")
    return words.format(n=lists, m=rows, path=path)


def not_exported(path: object, why: str) -> Sentence:
    """Tell why there is no file."""
    words = Sentence(
        "Lists", "The file {path} cannot be written: {why}. The lists stay as they are."
    )
    return words.format(path=path, why=why)


def restored(when: str) -> Sentence:
    """Tell that the lists are those of a backup."""
    words = Sentence("Lists", "The lists of {when} are back.")
    return words.format(when=when)


def as_they_were(when: str) -> Sentence:
    """Tell that a backup has nothing else than there is."""
    words = Sentence("Lists", "The lists of {when} are those of now; nothing was changed.")
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
