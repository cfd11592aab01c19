#!/usr/bin/env bash
# A run of Prefect gives up at once on a server that never answered, and only after a minute on one that did.
#
# Guess:   a connection that is refused means the same whenever it is refused: the server is gone, and a
#          process that needs it ends with an error.
# Happens: before the first answer the refusal is raised at once. After it the same refusal is tried again,
#          PREFECT_CLIENT_MAX_RETRIES times (5), with pauses that double: 2, 4, 8, 16 and 32 seconds. The
#          client says nothing meanwhile.
# Version: prefect 3.9.1.
# Matters: when the service is killed, a run that had asked it once and has not begun its flow stays for a
#          minute, and speaks to the next service on the same port when one is started.
# Instead: the process of a run is tied to its service when the flow is loaded, before Prefect asks again.
#
# Use: prefect-gone-server.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home"
# Two tries more instead of five: 2 and 4 seconds, without chance in them.
export PREFECT_CLIENT_MAX_RETRIES=2 PREFECT_CLIENT_RETRY_JITTER_FACTOR=0
python3 -m venv venv
venv/bin/pip install -q "prefect==$version"
cat > shown.py <<'PYTHON'
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import prefect
from prefect.client.orchestration import SyncPrefectClient


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, *_):
        pass


def refused_after(client: SyncPrefectClient) -> float:
    begun = time.monotonic()
    try:
        client.hello()
    except httpx.ConnectError:
        return time.monotonic() - begun
    sys.exit("Nobody listens there, and there was an answer.")


server = HTTPServer(("127.0.0.1", 0), Server)
api = f"http://127.0.0.1:{server.server_port}/api"
threading.Thread(target=server.serve_forever, daemon=True).start()
knows = SyncPrefectClient(api)
print("prefect", prefect.__version__, "answered:", knows.hello().status_code)
server.shutdown()
server.server_close()

at_once, patient = refused_after(SyncPrefectClient(api)), refused_after(knows)
print(f"never answered: given up after {at_once:.1f} s; answered once: after {patient:.1f} s")
sys.exit(None if at_once < 5 < patient else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: one and the same refusal, at once or with all its pauses."
