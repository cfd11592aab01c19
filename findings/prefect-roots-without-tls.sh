#!/usr/bin/env bash
# A Prefect client of an address without TLS reads every root certificate there is, each time one is made.
#
# Guess:   a client of http://127.0.0.1:4200/api has nothing to verify, so certificates are read, if at all,
#          when the first https address is asked.
# Happens: the constructor makes a verified context from all of certifi's roots whatever its address is,
#          hands it to httpx, and keeps none of it for the next client. A run of a flow in a process makes ten
#          clients: for its states, logs, events, results, for what watches whether it is cancelled.
# Version: prefect 3.9.1, certifi 2026.10.19.
# Matters: 16 ms of processor each, so a sixth of a second for each run of ours, ten times that of its own question;
#          150 runs of one morning on two cores waited for it.
# Instead: where the address is http the environment names a file with one root (PREFECT_API_SSL_CERT_FILE): 1 ms, and
#          should the address ever become https, a client refuses. Not to verify at all is no faster and no safer.
#
# Use: prefect-roots-without-tls.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home" PREFECT_API_URL=http://127.0.0.1:9/api
python3 -m venv venv
venv/bin/pip install -q "prefect==$version"
cat > shown.py <<'PYTHON'
import ssl
import sys
from time import process_time

import certifi
import prefect
from prefect import get_client

read, plain = [], ssl.create_default_context


def counted(*args, **more):
    context = plain(*args, **more)
    read.append(len(context.get_ca_certs()))
    return context


ssl.create_default_context = counted
begun = process_time()
for _ in range(10):
    get_client(sync_client=True)
took = (process_time() - begun) * 100
print(f"prefect {prefect.__version__}, certifi {certifi.__version__}, asked by http, ten clients: "
      f"{len(read)} contexts of {min(read, default=0)} roots, {took:.0f} ms of processor each")
wanted = sys.argv[1] == "all"
held = len(read) >= 10 and (min(read) > 50 if wanted else max(read) == 1)
sys.exit(0 if held else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py all
venv/bin/python - <<'PYTHON'
import certifi

end = "-----END CERTIFICATE-----\n"
open("one.pem", "w").write(certifi.contents().partition(end)[0] + end)
PYTHON
echo "With a file of one root:"
PREFECT_API_SSL_CERT_FILE=one.pem venv/bin/python shown.py one
echo "Seen as stated: each client reads all roots, though nothing is encrypted."
