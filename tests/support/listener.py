"""A door on this machine that notes every knock: whoever is asked for nothing hears nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Listener:
    """Listens on a port of its own; ``heard`` holds the first bytes of every visitor."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                visitor, _ = self._door.accept()
                with visitor:
                    visitor.settimeout(0.5)
                    try:
                        self.heard.append(visitor.recv(200))
                        visitor.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    except OSError:
                        self.heard.append(b"")

    def close(self) -> None:
        """Stop listening."""
        self._door.close()


@contextmanager
def listening() -> Iterator[Listener]:
    """Yield a listener, closed afterwards."""
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()
