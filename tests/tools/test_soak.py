"""The short form of `make soak`: a day of a small city loses nothing."""

import subprocess
import sys

from tests.places import ROOT
from tests.tools.soak_count import slope


def test_a_day_loses_nothing_and_ends_with_a_whole_chain():
    command = [sys.executable, "-m", "tests.tools.soak", "--days", "1", "--every", "30"]
    command += ["--units", "0", "--indicators", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "丢失 0" in done.stdout
    assert "完整" in done.stdout


def test_a_lean_is_so_much_a_day():
    assert slope([1.0, 3.0, 5.0]) == 2.0
    assert slope([4.0, 4.0, 4.0]) == 0.0
    assert slope([7.0]) == 0.0
