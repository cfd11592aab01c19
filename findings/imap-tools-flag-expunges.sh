#!/usr/bin/env bash
# imap-tools deletes mails for good when it sets a flag on another one.
#
# Guess:   `mailbox.flag(uids, "\\Seen", True)` sets a flag.
# Happens: it sends EXPUNGE after the STORE. Every mail of the folder that anybody has marked as deleted,
#          and may still want back, is gone.
# Version: imap-tools 1.16.0.
# Matters: an office reads the same mailbox in its web mailer; what it put aside there as deleted would
#          vanish whenever we mark a mail as kept.
# Instead: STORE through `mailbox.client.uid`, without imap-tools' own way.
#
# No network: the server is a few lines on loopback that print what they are told.
# Use: imap-tools-flag-expunges.sh [VERSION of imap-tools]
set -euo pipefail
version=${1:-1.16.0}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv venv
venv/bin/pip install -q "imap-tools==$version"
cat > shown.py <<'PYTHON'
import socketserver
import sys
import threading

from imap_tools import MailBoxUnencrypted

TOLD = []


class Server(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            TOLD.append(rest)
            if rest.startswith("CAPABILITY"):
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            if rest.startswith("LOGOUT"):
                self.wfile.write(b"* BYE\r\n")
            self.wfile.write(f"{tag} OK done\r\n".encode())


server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
with MailBoxUnencrypted("127.0.0.1", server.server_address[1]).login("a", "b") as mailbox:
    mailbox.flag("1", "\\Seen", True)
print("told:", *TOLD, sep="\n  ")
sys.exit(None if "EXPUNGE" in TOLD else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: EXPUNGE follows the STORE of a flag."
