#!/usr/bin/env bash
# imap-tools reads the first line of a search's answer and leaves the others out.
#
# Guess:   `mailbox.uids("ALL")` returns every mail that the server found.
# Happens: a server may give what it found in several SEARCH lines (RFC 3501, 7.2.5: each is a response of
#          its own, and imaplib collects them). imap-tools takes the first; the rest is left out without a
#          word, in `uids` and so in `fetch` too.
# Version: imap-tools 1.16.0.
# Matters: of a full mailbox on such a server the mails behind the first line are never seen, and the unit
#          that sent its ledger waits for an answer.
# Instead: take all lines of `mailbox.client.uid("SEARCH", …)`.
#
# No network: the server is a few lines on loopback that answer a search in two lines.
# Use: imap-tools-search-in-lines.sh [VERSION of imap-tools]
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

ANSWERS = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1\r\n",
    "SELECT": "* 3 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1]\r\n",
    "UID": "* SEARCH 1\r\n* SEARCH 2 3\r\n",
    "LOGOUT": "* BYE\r\n",
}


class Server(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, word, *_ = line.decode().split()
            said = ANSWERS.get(word, "") + f"{tag} OK done\r\n"
            self.wfile.write(said.encode())


server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
with MailBoxUnencrypted("127.0.0.1", server.server_address[1]).login("a", "b") as mailbox:
    known = mailbox.uids("ALL")
    lines = mailbox.client.uid("SEARCH", "ALL")[1]
print("imap-tools:", known)
print("imaplib:   ", lines)
sys.exit(None if known == ["1"] and lines == [b"1", b"2 3"] else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: of two lines of a search's answer the first is read."
