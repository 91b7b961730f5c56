"""Words that a person will read, from the layers that know no Qt.

A word alone is marked with ``QT_TRANSLATE_NOOP``. A sentence is a ``Sentence``: English for the
log, for files and for comparisons, and it remembers its making, so that a screen can say it in the
person's language (``ui.words.spoken``). ``packaging/translate.py`` collects both.
"""

from collections.abc import Mapping
from typing import Self


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate looks for this name
    """Return ``text`` as it is; the tool that collects words files it under ``context``."""
    del context
    return text


class Sentence(str):
    """An English text with the pattern and the parts that it was made of.

    ``Sentence("Feed", "The next try is in {n} s.").format(n=3)`` is a str like any other. A part
    may be a Sentence itself. What is made of one by an f-string or by ``+`` is a plain text, which
    stays English; ``joined`` puts sentences in a row.
    """

    __slots__ = ("context", "parts", "pattern")

    context: str
    pattern: str
    parts: Mapping[str, object]

    def __new__(cls, context: str, pattern: str) -> Self:
        return cls._made(context, pattern, pattern, {})

    @classmethod
    def _made(cls, context: str, pattern: str, text: str, parts: Mapping[str, object]) -> Self:
        made = super().__new__(cls, text)
        made.context, made.pattern, made.parts = context, pattern, parts
        return made

    def format(self, *_: object, **parts: object) -> Self:
        """Fill the pattern in, by names only."""
        text = self.pattern.format(**parts)
        return self._made(self.context, self.pattern, text, parts)

    def __str__(self) -> Self:
        """Return the sentence itself, so that ``str(error)`` does not forget how it was made."""
        return self


def joined(*sentences: str) -> str:
    """Return sentences in a row, without the empty ones; "" where there is none."""
    whole = ""
    for sentence in filter(None, sentences):
        whole = (
            Sentence("Sentences", "{first} {second}").format(first=whole, second=sentence)
            if whole
            else sentence
        )
    return whole


def span(seconds: float) -> Sentence:
    """Return a length of time in its largest unit, rounded down: 3 s, 5 min, 2 h, 4 d."""
    seconds = max(0.0, seconds)
    if seconds < 60:
        return Sentence("Sentences", "{n} s").format(n=int(seconds))
    if seconds < 3600:
        return Sentence("Sentences", "{n} min").format(n=int(seconds // 60))
    if seconds < 86_400:
        return Sentence("Sentences", "{n} h").format(n=int(seconds // 3600))
    return Sentence("Sentences", "{n} d").format(n=int(seconds // 86_400))
