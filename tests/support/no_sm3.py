"""A Python whose OpenSSL really has no SM3, as some offices' have: OpenSSL with its base provider alone."""

import os
import subprocess
import sys
from pathlib import Path

_SETTINGS = """openssl_conf = init
[init]
providers = providers
[providers]
base = base
[base]
activate = 1
"""


def without_sm3(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python on ``command`` where no SM3 is."""
    file = place / "openssl.cnf"
    file.write_text(_SETTINGS)
    return subprocess.run(
        [sys.executable, *command],
        env=os.environ | {"OPENSSL_CONF": str(file)},
        capture_output=True,
        text=True,
        check=False,
    )
