"""Saying what the lower layers have to say in the person's language."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from alltick_desk.model.words import Sentence, joined

translate = QCoreApplication.translate


def spoken(*sentences: str) -> str:
    """Return sentences in a row, in the language of now; what is no Sentence stays as it is."""
    text = joined(*sentences)
    if not isinstance(text, Sentence):
        return text
    words = translate(text.context, text.pattern)
    if not text.parts:
        return words
    return words.format(
        **{
            name: spoken(part) if isinstance(part, str) else part
            for name, part in text.parts.items()
        }
    )


def stated(words: Sequence[str]) -> str:
    """Return words as a sentence: commas between them, a full stop behind."""
    row = words[0]
    for word in words[1:]:
        row = translate("Sentences", "{first}, {second}").format(first=row, second=word)
    return translate("Sentences", "{words}.").format(words=row)
