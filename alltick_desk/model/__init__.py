"""The vocabulary: instruments, trades, depth, candles, sessions, settings.

Plain values and pure functions. May import: errors, resources. Knows no vendor, clock, file or
widget.
"""
