"""What an office installs of the lock, and where."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deployments.wheelhouse.__main__ import SOURCE_ONLY
from deployments.wheelhouse.locked import for_an_office, read_lock
from deployments.wheelhouse.targets import TARGETS, Target, newest_glibc
from tests.places import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
OFFICE = for_an_office(LOCK, PYPROJECT)
DEV = tomllib.loads(PYPROJECT)["project"]["optional-dependencies"]["dev"]


def test_every_package_of_the_lock_is_read_with_its_sums_and_who_asks_for_it():
    every = read_lock(LOCK)

    assert len(every) == LOCK.count("==") - LOCK.count(" == '")
    assert "".join(one.text for one in every) == LOCK
    assert not [one.name for one in every if not one.sums or not one.asked_by]


def test_an_office_gets_what_it_runs_and_what_installs_the_checkout_but_no_tools():
    names = {one.name for one in OFFICE}

    assert {"prefect", "apprise", "psycopg-binary", "prefect-redis", "typst", "rapidocr"} <= names
    assert "setuptools" in names
    tools = {canonicalize_name(Requirement(line).name) for line in DEV} - {"setuptools"}
    assert not tools & names


def test_nothing_makes_every_start_of_prefect_twice_as_long():
    # jsonschema, which Prefect imports, imports it wherever it lies: a second and a half of a core each time.
    assert "rfc3987-syntax" not in {one.name for one in read_lock(LOCK)}


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_a_machine_gets_each_package_once_and_none_of_windows(target):
    names = [one.name for one in OFFICE if one.wanted_on(target.machine, target.python)]

    assert sorted(names) == sorted(set(names))
    assert "numpy" in names
    assert "pywin32" not in names


def test_a_python_gets_the_version_that_is_locked_for_it():
    [older] = [one for one in OFFICE if one.name == "numpy" and one.wanted_on("x86_64", "3.11")]
    [newer] = [one for one in OFFICE if one.name == "numpy" and one.wanted_on("aarch64", "3.12")]

    assert older.version < newer.version


def test_what_is_built_here_is_in_the_lock_as_one_source():
    built = [one for one in OFFICE if one.name in SOURCE_ONLY]

    assert {one.name for one in built} == set(SOURCE_ONLY)
    assert [len(one.sums) for one in built] == [1] * len(SOURCE_ONLY)


def test_no_platform_that_is_asked_for_is_newer_than_the_field():
    platforms = Target("aarch64", "3.12").platforms()

    assert platforms[0] == "manylinux_2_28_aarch64"
    assert "manylinux2014_aarch64" in platforms
    assert not [name for name in platforms if name.startswith(("manylinux_2_29", "manylinux_2_3"))]


def test_a_library_tells_the_newest_system_it_asks_for():
    assert newest_glibc(b"\0GLIBC_2.2.5\0GLIBC_2.17\0GLIBC_2.9\0") == (2, 17)
    assert newest_glibc(b"\0GLIBCXX_3.4.29\0") == (0, 0)
