"""A web site on this machine for tests: pages by path, each a function or what it answers."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = tuple[int, Mapping[str, str], bytes]


class Site:
    """A site; ``pages`` may be changed while it runs, ``asked`` holds the paths that were asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                page = site.pages.get(self.path, (404, {}, b""))
                if callable(page):
                    page(self)
                    return
                status, headers, body = page
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def secure(self, certificate: Path) -> None:
        """Speak TLS from now on, with a certificate and its key in one file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def show(self, path: str, *lines: str, status: int = 200) -> None:
        """Put a page of lines there."""
        body = "".join(f"<p>{line}</p>" for line in lines)
        page = f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8"}, page)

    def lead(self, path: str, target: str) -> None:
        """Let a page lead to another address."""
        self.pages[path] = (302, {"Location": target}, b"")


@contextmanager
def site() -> Iterator[Site]:
    """Yield a site, closed afterwards."""
    running = Site()
    try:
        yield running
    finally:
        running.server.shutdown()
        running.server.server_close()


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Answer a letter at a time, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Answer more than anybody wants."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>" * 20_000)
    except OSError:
        return
