"""The vendors: what each one says on the wire, what its plans allow, how it refuses.

Pure: bytes and explicit times in, values out. May import: model, errors, resources. Must not
import sockets, clocks, files, Qt, or the simulated exchange.
"""
