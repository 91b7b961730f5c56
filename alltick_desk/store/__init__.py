"""What outlives a run: lists, settings, last values, the budget, the token's keeper.

May import: model, errors, clock. Knows no vendor and no feed; it meets their protocols by shape.
"""
