"""The short form of `make province`: a few campaigns, one server, one worker, nothing killed."""

import subprocess
import sys

import pytest

from tests.places import ROOT


@pytest.mark.server
def test_a_small_province_is_patrolled_and_tells_each_recipient_once():
    command = [sys.executable, "-m", "tests.tools.province", "--campaigns", "2", "--no-kills"]
    command += ["--servers", "1", "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 个，全部巡查" in done.stdout
    assert "| 丢失或重复 | 没有 |" in done.stdout
