"""An IMAP server on loopback that speaks as a test says: what providers do and no real server can be told to."""

import re
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

CAME = "01-Jul-2025 08:50:00 +0800"
_HEADER = re.compile(rb"^(message-id:[^\r]*(?:\r\n[ \t][^\r]*)*\r\n)", re.I | re.M)


@dataclass
class Lying:
    """A mail that lies in the box."""

    uid: int
    raw: bytes
    came: str = CAME
    flags: set[str] = field(default_factory=set)
    old: bool = False  # came before the days that are looked at

    @property
    def number(self) -> bytes:
        """Return the header that holds its Message-ID."""
        found = _HEADER.search(self.raw.partition(b"\r\n\r\n")[0] + b"\r\n")
        return (found[1] if found else b"") + b"\r\n"


class Hangup(Exception):
    """The server lets go, after it said these bytes."""


Says = Callable[["Talk", bytes, bytes], bytes | None]


class ScriptedImap(socketserver.ThreadingTCPServer):
    """The server; ``said`` holds each command as it came, without its tag, ``sent`` counts bytes of bodies.

    ``instead`` says what to answer to commands in which a pattern is found: bytes, where ``%T`` stands for
    the tag, or a function of the talk, the tag and the line; None lets the usual answer come. ``once``
    is the same for the first time alone.
    """

    allow_reuse_address, daemon_threads = True, True

    def __init__(
        self, *mails: bytes | Lying, words: str = "IMAP4rev1", keywords: bool = True
    ) -> None:
        self.mails = [
            one if isinstance(one, Lying) else Lying(n, one) for n, one in enumerate(mails, 1)
        ]
        self.words, self.keywords, self.read_only = words, keywords, False
        self.said: list[bytes] = []
        self.sent = self.bodies = 0
        self.instead: dict[str, bytes | Says] = {}
        self.once: dict[str, bytes | Says] = {}
        super().__init__(("127.0.0.1", 0), Talk)
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are what this is for."""

    def answer(self, line: bytes) -> bytes | Says | None:
        """Return what a test wants to be said to a command."""
        text = line.decode("latin-1")
        for pattern in list(self.once):
            if re.search(pattern, text):
                return self.once.pop(pattern)
        return next((a for pattern, a in self.instead.items() if re.search(pattern, text)), None)


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: ScriptedImap

    def handle(self) -> None:
        """Answer line by line."""
        self.wfile.write(b"* OK ready\r\n")
        with suppress(OSError, Hangup):
            for line in self.rfile:
                tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
                self.server.said.append(rest)
                said = self.server.answer(rest)
                told = said(self, tag, rest) if callable(said) else said
                if told is None:
                    told = self.usual(rest) + tag + b" OK done\r\n"
                self.wfile.write(told.replace(b"%T", tag))
                if rest.upper().startswith(b"LOGOUT"):
                    return

    def hang_up(self, words: bytes) -> None:
        """Say something and let go."""
        self.wfile.write(words)
        raise Hangup

    def usual(self, line: bytes) -> bytes:
        """Return what an ordinary server says before its OK."""
        words = line.decode("latin-1").split(" ")
        verb = words[1].upper() if words[0].upper() == "UID" else words[0].upper()
        return getattr(self, "_" + verb.lower(), lambda _: b"")(words)

    def _capability(self, _: list[str]) -> bytes:
        return b"* CAPABILITY " + self.server.words.encode() + b"\r\n"

    def _list(self, _: list[str]) -> bytes:
        return b'* LIST () "/" INBOX\r\n* LIST () "/" "&UXZO1mWHTvZZOQ-"\r\n'

    def _select(self, _: list[str]) -> bytes:
        more = b"* OK [READ-ONLY] look only\r\n" if self.server.read_only else b""
        takes = b"\\Seen \\Flagged" + (b" \\*" if self.server.keywords else b"")
        return (
            b"* %d EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Flagged)\r\n* OK [UIDVALIDITY 1] ok\r\n"
            b"* OK [PERMANENTFLAGS (%s)] ok\r\n%s" % (len(self.server.mails), takes, more)
        )  # fmt: skip

    _examine = _select

    def _status(self, words: list[str]) -> bytes:
        many = len(self.server.mails)
        return f"* STATUS {words[1]} (MESSAGES {many} UNSEEN {many})\r\n".encode()

    def _search(self, words: list[str]) -> bytes:
        old = "BEFORE" in words
        found = [str(one.uid) for one in self.server.mails if one.old is old]
        return b"* SEARCH " + " ".join(found).encode() + b"\r\n"

    def _fetch(self, words: list[str]) -> bytes:
        return b"".join(self.fetched(n, one, " ".join(words)) for n, one in self._meant(words[2]))

    def _meant(self, uids: str) -> list[tuple[int, Lying]]:
        wanted = {int(one) for one in uids.split(",")}
        return [(n, one) for n, one in enumerate(self.server.mails, 1) if one.uid in wanted]

    def fetched(self, place: int, one: Lying, asked: str) -> bytes:
        """Return one answer to FETCH: what a round looks at, a header, or the whole mail."""
        start = f"* {place} FETCH (UID {one.uid} ".encode()
        if "HEADER.FIELDS" in asked:
            about = f'FLAGS ({" ".join(one.flags)}) INTERNALDATE "{one.came}" RFC822.SIZE '
            start += about.encode() + b"%d " % len(one.raw)
            return start + _literal(b"BODY[HEADER.FIELDS (MESSAGE-ID)]", one.number)
        header = "BODY.PEEK[HEADER]" in asked
        what = one.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if header else one.raw
        self.server.bodies += not header
        self.server.sent += len(what)
        return start + _literal(b"BODY[HEADER]<0>" if header else b"BODY[]<0>", what)

    def _store(self, words: list[str]) -> bytes:
        told = b""
        for place, one in self._meant(words[2]):
            one.flags |= set(" ".join(words[4:]).strip("()").split(" "))
            told += f"* {place} FETCH (FLAGS ({' '.join(one.flags)}) UID {one.uid})\r\n".encode()
        return told

    def _logout(self, _: list[str]) -> bytes:
        return b"* BYE see you\r\n"


def _literal(name: bytes, content: bytes) -> bytes:
    return name + b" {%d}\r\n" % len(content) + content + b")\r\n"
