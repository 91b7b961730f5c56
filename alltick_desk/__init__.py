"""AllTick Desk: a desktop market watch for AllTick and iTick market data.

The layers, top to bottom; an arrow points at what may be imported::

    __main__ -> app -> ui -> services -> feed | store -> vendors | sim -> model
                                              -> errors | clock | observe | resources

``app`` is the composition root and the only place that names concrete classes of every layer.
Only ``ui`` and ``app`` may import Qt.
"""

import os

# qasync and pyqtgraph choose a Qt binding when they are first imported, and would take another
# one that happens to be installed. This is the package's one act at import time.
os.environ["QT_API"] = "pyside6"
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

__version__ = "0.1.0"
