"""One desk a profile: a lock, and a door on which a second start knocks."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from alltick_desk.errors import UsageError

# A desk that is just starting does not hear yet, one that is just closing hears no more.
PATIENCE_S = 4.0
PAUSE_S = 0.1


class Instance(QObject):
    """Holds the profile's lock, and raises the window when another start asks for it."""

    def __init__(self, lock_path: Path) -> None:
        super().__init__()
        self._path = lock_path
        self._lock = QLockFile(str(lock_path))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, at no age
        self._server: QObject | None = None

    def acquire(self) -> bool:
        """Return whether this is the profile's only desk.

        Raises UsageError where the lock can be neither had nor held by anybody else.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError or self._path.is_dir():
            raise UsageError(f"The folder {self._path.parent} cannot be used: no lock can be made.")
        return False

    def acquire_or_knock(self) -> bool:
        """Return True once this is the only desk, False once the one that runs was raised.

        Raises UsageError where neither comes to pass.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            if self.acquire():
                return True
            if self.knock():
                return False
            if time.monotonic() > deadline:
                raise UsageError(
                    "Another desk runs on this profile, but does not answer. If you know of none, "
                    f"delete the file {self._path} and start again."
                )
            time.sleep(PAUSE_S)

    def knock(self) -> bool:
        """Ask the desk that runs to show its window; return whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._door())
        if not socket.waitForConnected(1000):
            return False
        socket.write(b"raise\n")
        heard = socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
        return heard

    def listen(self, on_knock: Callable[[], None]) -> None:
        """Call ``on_knock`` whenever a second start knocks."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._door())  # left over by a desk that was killed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def answer() -> None:
            while (socket := server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                on_knock()

        server.newConnection.connect(answer)
        server.listen(self._door())
        self._server = server

    def close_door(self) -> None:
        """Hear no more knocks: the window is going; safe to repeat."""
        if self._server is not None:
            self._server.close()  # type: ignore[attr-defined]
            self._server = None

    def release(self) -> None:
        """Let another desk have the profile."""
        self.close_door()
        self._lock.unlock()

    def _door(self) -> str:
        """Return the name under which the desk of this profile hears knocks."""
        from hashlib import sha256  # loads OpenSSL, which the window need not wait for

        return f"alltick-desk-{sha256(str(self._path.resolve()).encode()).hexdigest()[:16]}"
