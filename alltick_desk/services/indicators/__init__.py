"""Indicators: what there is, how each is computed, and which of them a person has chosen.

An indicator is declared as data (``declaration``, ``catalogue``). A ``Study`` keeps one of them
computed over a series of candles and redoes only the tail that can change. Most arithmetic is
TA-Lib's, an optional extra (``library``); what it lacks is here (``own``). ``templates`` holds a
person's selection.

Pure: no IO, no clock, no Qt. All but the declarations and the templates need numpy: import them
late.
"""
