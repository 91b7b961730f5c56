"""The watchlist's panel: the add box, the filter, the table, and what they say of a row.

What a cell holds: ``column`` says what a column is, ``columns`` and ``more_columns`` declare them
from the pure texts of ``format`` and the figures of ``derived``; ``facts`` is what others tell of
an instrument, ``provenance`` where each value comes from, ``voice`` what a screen reader says.
Which columns a list shows: ``column_choice``, ``column_sets``. Which rows, in which order:
``arrangement`` and ``filters`` are pure, ``arranger`` keeps the choices of a list, ``live_order``
follows moving values.

``model`` reads the board for Qt. ``view`` is the table: ``scrolled`` tells where lines stand,
``sight`` what stands on the screen, ``surface``, ``paint`` and ``fills`` paint what differs;
``header``, ``title_keys``, ``widths`` and ``hands`` do the rest.

``lookup`` and ``entry`` make codes of what is typed into the add box. ``edits`` and
``table_choices`` are what a person does; ``telling`` says what was done, and ``follow_up`` offers
in a bar what may be wanted next, such as to undo it. ``opening`` has chart and book follow the
selection. ``panel`` puts everything together, ``strip`` is the row of buttons above the table, and
``table_tools`` opens what is built late. Tabs, sections, drags, import and export are in
``ui.lists``. Nothing here knows the main window.
"""
