"""The units for a machine without containers, as systemd itself reads them."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.support.started import require_start

UNITS = ROOT / "deployments" / "systemd"
INSTALLED = "/opt/shifan/"
EXPOSED = 30  # of 100; a plain unit has 96
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
ENV = ("shifan.env.example", "../several-servers.env.example")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as an office copies them, with this checkout where they look for it."""
    folder = tmp_path_factory.mktemp("units")
    for path in UNITS.rglob("*"):
        if path.is_file() and path.suffix != ".example":
            copy = folder / path.relative_to(UNITS)
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(path.read_text(encoding="utf-8").replace(INSTALLED, f"{ROOT}/"))
    return folder


def said_by(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True)


def settings_of(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


def test_systemd_finds_no_fault_in_them(installed):
    done = said_by("verify", *map(str, [*installed.glob("*.service"), *installed.glob("*.target")]))

    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_would_find_a_fault(installed, tmp_path):
    wrong = tmp_path / "shifan-wrong.service"
    text = (installed / "shifan-window.service").read_text().replace("ExecStart", "ExecStrat")
    wrong.write_text(text)

    assert said_by("verify", str(wrong)).returncode != 0


@pytest.mark.parametrize("name", SERVICES)
def test_each_may_do_little(installed, name):
    done = said_by(
        "security", "--offline=true", f"--threshold={EXPOSED}", "--no-pager", str(installed / name)
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_each_runs_as_its_own_user_and_holds_no_secret(name):
    told = settings_of(name)

    assert told["User"] == ["shifan"]
    assert told["UMask"] == ["0077"]
    assert told["Restart"] == ["always"]
    assert not re.search(
        "(?i)password|secret|auth_string=|://[^ ]*:[^ ]*@", (UNITS / name).read_text()
    )


def every_start() -> list[tuple[str, list[str]]]:
    paths = [*UNITS.glob("*.service"), *UNITS.rglob("*.conf")]
    return [
        (path.name, shlex.split(line.split("=", 1)[1]))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("ExecStart=") and line != "ExecStart="
    ]


@pytest.mark.parametrize(("unit", "words"), every_start(), ids=lambda one: str(one)[:40])
def test_each_starts_a_command_that_there_is(unit, words):
    program = words[0].removeprefix(INSTALLED)
    assert (ROOT / program).exists() or program.startswith("/usr/bin/"), program
    require_start(words, INSTALLED)


def test_the_target_starts_units_that_there_are():
    wanted = settings_of("shifan.target")["Wants"][0].split()

    assert {re.sub("@.*", "@.service", name) for name in wanted} <= set(SERVICES)


def test_every_setting_of_the_example_is_one_that_is_read():
    from models.settings import Settings

    ours = {f"SHIFAN_{name.upper()}" for name in Settings.model_fields}
    prefects = json.dumps(_prefects_names())
    lines = (UNITS / ENV[0]).read_text(encoding="utf-8").splitlines()
    for name, value in (line.split("=", 1) for line in lines if line and not line.startswith("#")):
        assert name in ours | {"PGPASSFILE"} or f'"{name}"' in prefects, name
        assert not value if "AUTH" in name else value, name  # a password nobody chose is none


def _prefects_names() -> list[str]:
    from prefect.settings.legacy import _get_settings_fields
    from prefect.settings.models.root import Settings as PrefectsOwn

    names = set(_get_settings_fields(PrefectsOwn))
    return sorted(names)


def test_the_server_is_ours_which_starts_closed_or_not_at_all():
    """Prefect's own start asks for no password and shows its description to everybody."""
    starts = [words[1:] for unit, words in every_start() if "prefect" in unit or "several" in unit]

    assert [words[0] for words in starts] == ["server", "server"]
    assert [words.count("--no-services") for words in starts] == [0, 1]
