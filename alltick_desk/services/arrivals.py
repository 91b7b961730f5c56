"""What last came for a row, in words. Light: the first window says it too."""

from alltick_desk.model.words import Sentence, span


def came(now_s: float, ticked_s: float, priced_s: float, booked_s: float) -> str:
    """Tell what last came for a row and when; all are monotonic seconds, 0 for never.

    A book is no price: where one has come both are told, each with its age. Ages are in a coarse
    unit, so that the text rests between two changes.
    """
    if not booked_s:
        return Sentence("Rows", "Last tick {age} ago.").format(age=span(now_s - ticked_s))
    book = span(now_s - booked_s)
    if not priced_s:
        return Sentence("Rows", "No price came yet; last order book {age} ago.").format(age=book)
    words = Sentence("Rows", "Last price {price} ago, last order book {book} ago.")
    return words.format(price=span(now_s - priced_s), book=book)
