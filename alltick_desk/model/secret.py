"""The token, wrapped so that it cannot slip into a log, an error or a title."""

import hmac
from typing import NoReturn

from alltick_desk.model.words import Sentence


class Token:
    """A vendor's token. Printing, formatting and comparing never show it; ``reveal`` does.

    Raises ValueError where the text is empty or has white space or control characters inside:
    such a text cannot be a token, and would break a URL or a header.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        text = text.strip()
        if not text:
            raise ValueError(Sentence("Token", "the token is empty"))
        if not text.isprintable() or any(character.isspace() for character in text):
            raise ValueError(Sentence("Token", "a token has no spaces and no control characters"))
        self._text = text

    def reveal(self) -> str:
        """Return the token itself, for the one place that sends or stores it."""
        return self._text

    def __repr__(self) -> str:
        return "Token(…)"

    def __str__(self) -> str:
        return "…"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Token):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Token, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not pickled")
