"""A part of the tests is found without opening the files of the others, and loses none of its own."""

import subprocess
import sys

import pytest

from tests.places import ROOT

CONFTEST = (
    "from tests.tools.parts import pytest_ignore_collect, pytest_itemcollected  # noqa: F401\n"
)
OWN = "import pytest\n\n\n@pytest.mark.imap\ndef test_a(): pass\n\n\ndef test_b(): pass\n"
BROKEN = "raise RuntimeError('opened')\n"
BORROWED = "from test_own import pytest\nPART = getattr(pytest.mark, 'im' + 'ap')\n\n\n@PART\ndef test_c(): pass\n"


@pytest.fixture
def collected(tmp_path):
    def of(*words: str, **files: str) -> subprocess.CompletedProcess[str]:
        for name, text in {"conftest": CONFTEST, **files}.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = imap: x\n", encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "--co", "-p", "no:cacheprovider", *words]
        env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)

    return of


def test_a_part_opens_its_own_files_alone(collected):
    done = collected("-m", "imap", test_own=OWN, test_other=BROKEN)

    assert done.returncode == 0, done.stdout
    assert "test_own.py::test_a" in done.stdout
    assert "test_b" not in done.stdout


@pytest.mark.parametrize("words", [(), ("-m", "not imap"), ("-m", "imap or office")])
def test_whatever_else_is_asked_for_opens_every_file(collected, words):
    assert "RuntimeError: opened" in collected(*words, test_own=OWN, test_other=BROKEN).stdout


def test_a_test_of_a_part_whose_file_does_not_say_so_is_told(collected):
    done = collected("-m", "not imap", test_own=OWN, test_borrowed=BORROWED)

    assert done.returncode != 0
    assert "its file must say pytest.mark.imap" in done.stdout + done.stderr
