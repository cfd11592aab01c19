"""The short form of `make chaos`: kills at random moments lose nothing."""

import subprocess
import sys

import pytest

from tests.places import ROOT


@pytest.mark.parametrize(
    ("database", "provider"),
    [("sqlite", "late"), ("postgresql", "mixed"), ("sqlite", "mail")],
)
def test_kills_lose_nothing_and_a_second_copy_says_that_it_is_one(database, provider):
    command = [sys.executable, "-m", "tests.tools.chaos", "--kills", "4", "--people", "12"]
    command += ["--database", database, "--provider", provider]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 lost" in done.stdout
    assert "0 twice without a mark" in done.stdout
