"""What every test gets: a Qt platform that needs no screen, and examples without a stopwatch."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes says more about the machine than about the code.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
