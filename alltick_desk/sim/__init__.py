"""A simulated exchange: the vendors' services on one loopback port, for demo and tests.

Written from the vendors' documents, never from the desk's codecs: it may import model, clock,
errors and resources only. Start it with ``python -m alltick_desk.sim``.
"""
