"""The line to a vendor: limits, subscriptions, sockets and HTTP calls.

May import: vendors, model, clock, errors, observe. Must not import Qt, files, or the store: what
has to be remembered goes through a callable or a protocol handed in.
"""
