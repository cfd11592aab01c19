"""The list of what is inside (SBOM), in CycloneDX, as offices ask for it."""

import json
import subprocess
import sys
from pathlib import Path


def parts_list(lock: Path) -> bytes:
    """Return the CycloneDX list of a lock: the same lock gives the same bytes, no address of an index in it."""
    command = (sys.executable, "-m", "cyclonedx_py", "requirements", "--no-validate")
    how = ("--output-reproducible", str(lock))
    made = subprocess.run((*command, *how), capture_output=True, check=True)
    listed = json.loads(made.stdout)
    for part in listed["components"]:
        part.pop("externalReferences", None)
        part.pop("description", None)  # the line of the lock over again
    return json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
