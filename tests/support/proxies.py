"""A proxy on this machine for tests: it lets through to another place what it is asked to connect to."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

LETS = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Proxy:
    """A proxy; ``asked`` holds the heads it was sent. What is at ``beyond`` (address:port) lies on a port here.

    Everything else is answered by ``refusal``.
    """

    def __init__(self, beyond: Mapping[str, int], refusal: bytes) -> None:
        self.asked: list[str] = []
        self._beyond, self._refusal = beyond, refusal
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                visitor, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with visitor, suppress(OSError):
            head = b""
            while not head.endswith(b"\r\n\r\n") and (piece := visitor.recv(1)):
                head += piece
            self.asked.append(head.decode())
            port = self._beyond.get(head.split()[1].decode())
            if port is None:
                visitor.sendall(self._refusal)
                return
            with socket.create_connection(("127.0.0.1", port)) as site:
                visitor.sendall(LETS)
                back = threading.Thread(target=_hand_on, args=(site, visitor), daemon=True)
                back.start()
                _hand_on(visitor, site)
                back.join(5)

    def close(self) -> None:
        """Stop listening."""
        self._door.close()


def _hand_on(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while piece := here.recv(65_536):
            there.sendall(piece)
        there.shutdown(socket.SHUT_WR)


@contextmanager
def proxy(
    beyond: Mapping[str, int] | None = None, refusal: bytes = b"HTTP/1.1 403 Forbidden\r\n\r\n"
) -> Iterator[Proxy]:
    """Yield a proxy, closed afterwards."""
    running = Proxy(beyond or {}, refusal)
    try:
        yield running
    finally:
        running.close()
