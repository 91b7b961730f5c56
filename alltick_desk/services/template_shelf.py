"""A person's templates of indicators, kept in one small file of the profile.

A template in the file that cannot be used is left out and told of, but written again as it was: a
slip of somebody's editor, or a later version's template, costs nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from alltick_desk.errors import StoreError
from alltick_desk.model.words import Sentence, joined
from alltick_desk.observe import Hook
from alltick_desk.services.indicators.templates import (
    Template,
    TemplateError,
    decode,
    encode,
    problems,
)
from alltick_desk.store.fields import rows, table, text
from alltick_desk.store.files import read_json, write_json

if TYPE_CHECKING:
    from alltick_desk.clock import Clock


class TemplateShelf:
    """The templates by their names, and the one that new charts begin with.

    Changes are saved at once. What the disk refuses raises StoreError; the change is in force
    nevertheless, and saved with the next one.

    Args:
        path: the file; None keeps nothing beyond this run.
        writes: False where another desk holds the profile: then nothing is saved.

    Attributes:
        note: what the person should hear of the file, a sentence; "" for nothing.
        changed: emitted when there are other templates, or another default.
    """

    def __init__(
        self, path: Path | None = None, clock: "Clock | None" = None, *, writes: bool = True
    ) -> None:
        self._path = path
        self._writes = writes and path is not None
        self._templates: dict[str, Template] = {}
        self._default = ""
        self._unused: list[object] = []
        self._forbidden = ""
        self.note = ""
        self.changed: Hook[[]] = Hook()
        if path is not None and clock is not None:
            self._load(path, clock)

    @property
    def names(self) -> tuple[str, ...]:
        """The templates' names, in alphabetical order."""
        return tuple(sorted(self._templates, key=str.casefold))

    @property
    def default(self) -> Template | None:
        """What new charts begin with."""
        return self._templates.get(self._default)

    def get(self, name: str) -> Template:
        """Return a template; KeyError where there is none of this name."""
        return self._templates[name]

    def save(self, template: Template) -> None:
        """Keep a template, in the place of one of the same name.

        Raises TemplateError where something is wrong with it, StoreError where the disk refuses.
        """
        template = replace(template, name=template.name.strip())
        faults = problems(template)
        if faults:
            raise TemplateError(tuple(faults))
        self._templates[template.name] = template
        self._changed()

    def rename(self, name: str, other: str) -> None:
        """Give a template another name.

        Raises TemplateError where that is no name or another template's, StoreError where the
        disk refuses.
        """
        other = other.strip()
        if other == name:
            return
        renamed = replace(self._templates[name], name=other)
        faults = problems(renamed)
        if not faults and other in self._templates:
            words = Sentence("Indicators", "There is already a template “{name}”.")
            faults = [words.format(name=other)]
        if faults:
            raise TemplateError(tuple(faults))
        del self._templates[name]
        self._templates[other] = renamed
        if self._default == name:
            self._default = other
        self._changed()

    def delete(self, name: str) -> None:
        """Forget a template; StoreError where the disk refuses."""
        del self._templates[name]
        if self._default == name:
            self._default = ""
        self._changed()

    def set_default(self, name: str) -> None:
        """Have new charts begin with a template, "" for none; StoreError where the disk refuses."""
        if name:
            self.get(name)
        self._default = name
        self._changed()

    # inside

    def _load(self, path: Path, clock: "Clock") -> None:
        try:
            document, self.note = read_json(path, _read, lambda: ([], ""), clock)
        except StoreError as error:
            self.note = self._forbidden = str(error)
            return
        items, self._default = document
        for number, item in enumerate(items, 1):
            try:
                template = decode(msgspec.json.encode(item))
            except TemplateError as error:
                words = Sentence("Indicators", "Template {number} in {file} was left out.")
                left_out = words.format(number=number, file=path.name)
                self.note = joined(self.note, left_out, *error.problems)
                self._unused.append(item)
            else:
                self._templates[template.name] = template

    def _changed(self) -> None:
        try:
            self._save()
        finally:
            self.changed.emit()

    def _save(self) -> None:
        if self._path is None or not self._writes:
            return
        if self._forbidden:
            raise StoreError(self._forbidden)
        templates = [msgspec.json.decode(encode(self._templates[name])) for name in self.names]
        document = {"templates": [*templates, *self._unused], "default": self._default}
        write_json(self._path, document)


def _read(document: object) -> tuple[list[object], str]:
    file = table(document)
    return rows(file.get("templates", [])), text(file.get("default", ""))
