"""The list of parts: valid CycloneDX, the same for the same lock, and only what an office installs."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deployments.wheelhouse.locked import read_lock
from deployments.wheelhouse.parts_list import write_list
from tests.places import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The list of this lock, as `make sbom` writes it."""
    dist = tmp_path_factory.mktemp("made") / "dist"
    assert write_list(dist) == 0
    [file] = dist.glob("*.cdx.json")
    return file.read_bytes()


def test_the_list_is_what_the_schema_says(made):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None


def test_a_list_that_is_none_would_be_noticed(made):
    spoiled = made.replace(b'"SHA-256"', b'"SHA-255"')

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(spoiled.decode()) is not None


def test_the_same_lock_gives_the_same_bytes(made, tmp_path, capsys):
    write_list(tmp_path / "dist")

    [again] = (tmp_path / "dist").glob("*.cdx.json")
    assert again.read_bytes() == made
    assert "软件成分清单" in capsys.readouterr().out


def test_it_has_what_an_office_installs_and_nothing_that_only_tests(made):
    lock = read_lock((ROOT / "requirements.lock").read_text("utf-8"))
    sums = {(one.name, one.version): one.sums for one in lock}
    parts = json.loads(made)["components"]
    names = {one["name"] for one in parts}

    assert names >= {"prefect", "sqlmodel", "jinja2", "apprise", "psycopg", "rapidocr"}
    assert not names & {"pytest", "ruff", "mypy", "playwright", "pip-audit", "cyclonedx-bom"}
    for part in parts:
        hashes = {one["content"] for one in part["hashes"]}
        assert hashes == sums[part["name"], part["version"]]


def test_every_part_that_is_installed_says_its_licence(made):
    parts = json.loads(made)["components"]

    bare = [one["name"] for one in parts if "licenses" not in one and "properties" not in one]
    assert bare == []


def test_who_asks_for_a_part_leads_back_to_the_program_and_no_address_of_an_index_is_in_it(made):
    asked = {one["ref"]: one["dependsOn"] for one in json.loads(made)["dependencies"]}
    reached, waiting = set(), ["shifan"]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += asked[ref]

    assert reached == asked.keys()
    assert set(re.findall(rb"https?://[^/\"]+", made)) == {b"http://cyclonedx.org"}
