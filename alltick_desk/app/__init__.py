"""The composition root: command line, start-up checks, wiring, shutdown, snapshot, doctor.

The only place that names concrete classes of every layer. This file imports nothing, since the
start-up checks must run before Qt is loaded.
"""
