"""Running the suite on PostgreSQL: what is left out, and that it is said."""

import os
import subprocess
import sys

import pytest

from tests.places import ROOT

CASES = """
import pytest
from models.database import engine_for
from models.settings import settings

def test_asks_for_none():
    pass

@pytest.mark.sqlite("a file")
def test_of_a_file(database):
    raise AssertionError

def test_of_any(database):
    assert engine_for(settings().database).dialect.name == database == "postgresql"

def test_of_what_is_loaded(campaign):
    assert engine_for(settings().database).dialect.name == "postgresql"
"""


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_what_does_not_run_on_postgresql_is_counted_and_named(tmp_path, workers):
    file = tmp_path / "test_some.py"
    file.write_text(CASES)
    command = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider", "--on", "postgresql"]
    command += ["-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [*command, *workers, str(file)],
        cwd=ROOT,
        env=around,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "not on PostgreSQL: 1 ask for no database" in ran.stdout
    assert "test_of_a_file: a file" in ran.stdout
    assert "2 passed" in ran.stdout
