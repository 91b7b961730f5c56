"""What every test gets: a Qt platform that needs no screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
