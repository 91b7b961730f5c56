"""What the desk does, without a window: the board, the lists, the charts, the states.

May import: feed, store, vendors, model. Must not import Qt.
"""
