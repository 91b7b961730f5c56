"""The lists of a watchlist panel: tabs, sections, drags, import, export, backups.

``controls`` puts the parts together for the panel. What a person does goes through ``deeds``
(whole lists, rows on their way to another list) and ``section_deeds``; ``actions`` declares keys
and menus.

- ``tabs``, ``tab_bar``: the strip of lists; ``name_field``: naming in place.
- ``table_drag``, ``carried``, ``aim``, ``drop_mark``: what is dragged, where it would go, the mark.
- ``importing`` takes text from files, clipboard and drops; ``import_dialog`` shows what it would
  do, with ``import_reading``, ``import_goal``, ``import_encoding``, ``import_model`` and
  ``import_words``. ``exporting`` writes files.
- ``backups_dialog`` restores a backup.
- ``background`` does slow work beside the screen; ``sentences`` are what is said afterwards.

Dialogs, drags and all that reads text are loaded when they are first needed: the first window is
painted without them. It may import ``ui.watchlist``'s table, which knows nothing of lists.
"""
