"""A real IMAP server of the test's own: Debian's dovecot with its own configuration, mailbox, port and user.

It runs as root, as in a container, and as an ordinary user: then every process of it is that user's. In
front of it may stand `Unsafe`, which behaves as 163 does: no SELECT before an ID.
"""

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Self

from tests.support.scratch import scratch

USER, PASSWORD = "cjb@example.cn", "SHOUQUANMA-8d21"  # noqa: S105
DOVECOT = "/usr/sbin/dovecot"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Dovecot:
    """The server; ``port`` speaks plain and STARTTLS, ``secure_port`` speaks TLS, ``ca`` is its certificate."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="shifan-imap-", dir=scratch()))
        self.home.chmod(0o755)
        self.port, self.secure_port = free_port(), free_port()
        self.ca = self.home / "cert.pem"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._make_certificate()
        configuration = self.home / "dovecot.conf"
        configuration.write_text(self._configuration(), encoding="utf-8")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        self._process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(self.home / "dovecot.conf")], stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as one:
                if one.recv(4) == b"* OK":
                    return
            assert self._process.poll() is None, (self.home / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.home / "log").read_text())

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(20)

    def client(self) -> imaplib.IMAP4:
        """Return a connection as the office's web mailer would have, the folder selected."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(USER, PASSWORD)
        client.select("INBOX")
        return client

    def put(self, *mails: bytes, folder: str = "INBOX", when: str | None = None) -> None:
        """Deliver mails, as they are; ``when`` is their INTERNALDATE."""
        client = self.client()
        for mail in mails:
            assert client.append(folder, "", when or "", mail)[0] == "OK"  # type: ignore[arg-type]
        client.logout()

    def flags(self) -> list[set[str]]:
        """Return the flags of each mail, in the order of the mailbox."""
        client = self.client()
        _, found = client.fetch("1:*", "(FLAGS)")
        client.logout()
        told = [imaplib.ParseFlags(one) for one in found if isinstance(one, bytes)]
        return [{flag.decode() for flag in flags} for flags in told]

    def forget_uids(self) -> None:
        """Let every mail have another UID, and the folder another UIDVALIDITY, as after a moved mailbox."""
        self.stop()
        for name in self.home.joinpath("mail").rglob("dovecot*"):
            if name.is_file():
                name.unlink()
        self.start()

    def _make_certificate(self) -> None:
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                "-keyout", str(self.home / "key.pem"), "-out", str(self.ca),
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            ],
            check=True, capture_output=True,
        )  # fmt: skip

    def _configuration(self) -> str:
        mail = self.home / "mail"
        mail.mkdir()
        if os.getuid() == 0:  # mail of root is refused
            owner = pwd.getpwnam("nobody")
            os.chown(mail, owner.pw_uid, owner.pw_gid)
            internal, login = "dovecot", "dovenull"
            group = grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name
        else:
            owner = pwd.getpwuid(os.getuid())
            internal = login = owner.pw_name
            group = grp.getgrgid(owner.pw_gid).gr_name
        return f"""
protocols = imap
base_dir = {self.home}/run
state_dir = {self.home}/state
listen = 127.0.0.1
log_path = {self.home}/log
ssl = yes
ssl_cert = <{self.ca}
ssl_key = <{self.home}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{mail}/box
mail_log_prefix = ""
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={mail} allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = {self.secure_port}
    ssl = yes
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


class Unsafe(socketserver.ThreadingTCPServer):
    """A front that refuses SELECT before an ID, as 163 and 126 do; ``said`` holds each command it saw.

    At a command with ``hangs_at`` in it, it is silent from then on, or ``says`` something.
    """

    allow_reuse_address, daemon_threads = True, True
    refusal: ClassVar[bytes] = b" NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n"

    def __init__(self, behind: int, *, hangs_at: str = "", says: bytes = b"") -> None:
        self.behind, self.said, self.hangs_at, self.says = behind, list[str](), hangs_at, says
        super().__init__(("127.0.0.1", 0), _Front)
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Front(socketserver.StreamRequestHandler):
    server: Unsafe

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.behind)) as behind:
            threading.Thread(target=self._bring_back, args=(behind,), daemon=True).start()
            known = False
            for line in self.rfile:
                tag, _, rest = line.partition(b" ")
                word = rest.split(b" ")[0].strip().upper().decode()
                self.server.said.append(word)
                known = known or word == "ID"
                if self.server.hangs_at and self.server.hangs_at.encode() in line:
                    self.wfile.write(self.server.says)
                    continue
                if word in ("SELECT", "EXAMINE", "STATUS") and not known:
                    self.wfile.write(tag + self.server.refusal)
                else:
                    behind.sendall(line)

    def _bring_back(self, behind: socket.socket) -> None:
        with suppress(OSError):
            while piece := behind.recv(65536):
                self.wfile.write(piece)
            self.connection.shutdown(socket.SHUT_RDWR)
