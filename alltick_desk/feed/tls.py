"""The certificates that the desk trusts."""

import ssl
from functools import cache


@cache
def tls_context() -> ssl.SSLContext:
    """Return the one TLS context: the system's certificates and those that come with the desk.

    A bundled program on another distribution may find no system certificates at all, and a
    company's own authority is found only among the system's.
    """
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context
