"""The watchlist's panel: the add box, the table, and what both say of a row.

``format`` and ``entry`` are pure; ``columns`` declares the table; ``model`` reads the board;
``view`` paints it in one go; ``panel`` puts them together. Nothing here knows the main window.
"""
