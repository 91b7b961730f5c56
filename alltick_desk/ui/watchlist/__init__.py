"""The watchlist's panel: the add box, the filter, the table, and what they say of a row.

What a cell holds: ``column`` says what a column is, ``columns`` and ``more_columns`` declare them
from the pure texts of ``format`` and the figures of ``derived``; ``facts`` is what others tell of
an instrument, ``provenance`` where each value comes from. Which columns a list shows:
``column_choice``, ``column_sets``. Which rows, in which order: ``arrangement`` and ``filters`` are
pure, ``arranger`` keeps the choices of a list, ``live_order`` follows moving values.

``model`` reads the board for Qt. ``view`` is the table: ``sight`` knows what stands on the screen,
``surface`` and ``paint`` paint what differs, ``header``, ``widths`` and ``hands`` do the rest.
``edits`` and ``table_choices`` are what a person does; ``panel`` puts everything together, and
``table_tools`` opens what is built late. Tabs, sections, drags, import and export are in
``ui.lists``. Nothing here knows the main window.
"""
