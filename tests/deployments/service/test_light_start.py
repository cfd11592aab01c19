"""What only watches over other processes is light: it stays for months beside them."""

import subprocess
import sys

from tests.places import ROOT

WATCHERS = "import sys, deployments.service.up, deployments.pools.worker; "


def test_what_starts_the_others_imports_no_prefect():
    asked = WATCHERS + "print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("False\n", "")
