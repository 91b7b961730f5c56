"""One desk a profile: a lock, and a door on which a second start knocks."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject


class Instance(QObject):
    """Holds the profile's lock, and raises the window when another start asks for it."""

    def __init__(self, lock_path: Path) -> None:
        super().__init__()
        self._lock = QLockFile(str(lock_path))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, at no age
        digest = hashlib.sha256(str(lock_path.resolve()).encode()).hexdigest()[:16]
        self._door = f"alltick-desk-{digest}"
        self._server: QObject | None = None

    def acquire(self) -> bool:
        """Return whether this is the profile's only desk."""
        return self._lock.tryLock(0)

    def knock(self) -> bool:
        """Ask the desk that runs to show its window; return whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._door)
        if not socket.waitForConnected(1000):
            return False
        socket.write(b"raise\n")
        heard = socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
        return heard

    def listen(self, on_knock: Callable[[], None]) -> None:
        """Call ``on_knock`` whenever a second start knocks."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._door)  # left over by a desk that was killed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def answer() -> None:
            while (socket := server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                on_knock()

        server.newConnection.connect(answer)
        server.listen(self._door)
        self._server = server

    def release(self) -> None:
        """Let another desk have the profile."""
        if self._server is not None:
            self._server.close()  # type: ignore[attr-defined]
            self._server = None
        self._lock.unlock()
