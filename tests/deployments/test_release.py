"""Which release this is."""

import tomllib

from deployments.cli import run
from deployments.release import VERSION
from models.schema import REVISION
from tests.places import ROOT


def test_the_release_is_the_one_that_is_packed():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(pyproject)["project"]["version"] == VERSION


def test_the_command_says_its_version_and_the_database_s(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"示范 {VERSION}，数据库版本 {REVISION}"
