"""`make matrix`: the adapter on other Apprises, the fast tests on other Pythons; one line per cell.

A cell is a venv of its own below `.venv/matrix/`, made from the lock as `make setup` makes it. Where
a cell asks for another Apprise, that one package is put in place of the locked one afterwards: Prefect
bounds it more narrowly than our adapter needs to, so no resolver would. May be repeated: a venv that is
there is used again, one whose lock changed or that was killed half-way is made anew.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

FOLDER = ROOT / ".venv" / "matrix"
LOCK = ROOT / "requirements.lock"
# A test that asks for a provider or a mailbox, or reads a channels file.
SENDS = re.compile(r"\b(provider|mail)[,)]|load_channels|SHIFAN_CHANNELS")
FAST = ("-m", "not browser and not server")


def adapter_tests() -> list[str]:
    """Return the tests of the adapter, and all others that send through it without a server of Prefect's."""
    others = [
        path
        for folder in ("tasks", "deployments")
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))
        if SENDS.search(path.read_text(encoding="utf-8"))
    ]
    return [*FAST, "tests/notifications", *(str(path.relative_to(ROOT)) for path in others)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: an interpreter ("" is the one that runs us), an Apprise, what is run on it."""

    name: str
    python: str
    apprise: str  # a requirement; "" leaves the locked one
    tests: Sequence[str]


CELLS = (
    Cell("apprise-1.13", "", "apprise>=1.13,<1.14", adapter_tests()),
    Cell("apprise-2", "", "apprise>=2,<3", adapter_tests()),  # the newest there is
    Cell("python-3.12", "3.12", "", FAST),
    Cell("python-3.13", "3.13", "", FAST),
)


def main(wanted: Sequence[str]) -> int:
    """Run every cell, or the ``wanted`` ones; 1 when a test failed or a venv could not be made."""
    cells = [cell for cell in CELLS if not wanted or cell.name in wanted]
    results = [_tried(cell) for cell in cells]
    return 0 if all(results) else 1


def interpreter(version: str) -> str:
    """Return a Python of ``version`` ("" is ours) that runs, or "" where none is installed.

    pyenv's shim stands on the path for versions it then refuses to run, so its own folder is asked too.
    """
    if not version:
        return sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = [shutil.which(f"python{version}") or ""]
    found += sorted(map(str, pyenv.glob(f"{version}.*/bin/python{version}")), reverse=True)
    return next((one for one in found if one and _said([one, "--version"])), "")


def _tried(cell: Cell) -> bool:
    """Make the cell's venv, run its tests, print its line; a missing interpreter is no failure."""
    base = interpreter(cell.python)
    if not base:
        _say(f"{cell.name}：本机没有 Python {cell.python}，没有测")
        return True
    begun = time.monotonic()
    python = FOLDER / cell.name / "bin" / "python"
    if fault := _made(cell, base, python):
        _say(f"{cell.name}：环境没有装成，没有测\n{fault}")
        return False
    command = [python, "-m", "pytest", "-p", "no:cacheprovider", "-n", "auto", *cell.tests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    outcome = re.sub(r" in [\d.]+s.*", "", done.stdout.strip().rpartition("\n")[2].strip("= "))
    what = _said([python, "-c", _VERSIONS])
    _say(f"{cell.name}：{what}：{outcome}，{time.monotonic() - begun:.0f} 秒")
    if done.returncode:
        _say(done.stdout[-8000:] + done.stderr[-2000:])
    return done.returncode == 0


_VERSIONS = (
    "import platform, importlib.metadata as m;"
    "print(f'Python {platform.python_version()},Apprise {m.version(\"apprise\")}')"
)


def _made(cell: Cell, base: str, python: Path) -> str:
    """See that the venv of ``cell`` stands; return what pip complained of, "" when all is well."""
    folder = python.parent.parent
    stamp = folder / ".shifan-ready"
    mark = hashlib.sha256(f"{base} {cell.apprise} ".encode() + LOCK.read_bytes()).hexdigest()
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    swap = [[*pip, "--upgrade", cell.apprise]] if cell.apprise else []
    if stamp.is_file() and stamp.read_text() == mark:
        for step in swap:  # is there a newer one; without a network, what is there will do
            _fault(step)
        return ""
    shutil.rmtree(folder, ignore_errors=True)
    locked = [*pip, "--require-hashes", "-r", LOCK]
    for step in ([base, "-m", "venv", folder], locked, *swap):
        if fault := _fault(step):
            return fault
    _fault(
        [python, "-m", "compileall", "-q", "-j", "0", folder / "lib"]
    )  # some files are for others
    stamp.write_text(mark)
    return ""


def _fault(command: Sequence[str | Path]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr or done.stdout)[-2000:] or "?"


def _said(command: Sequence[str | Path]) -> str:
    """Return what a command printed, "" when it failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
