"""Arrows point down: what each package may import, as the architecture says."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.places import ROOT

LAYERS = ["models", "notifications", "tasks", "flows", "deployments"]  # lowest first
FACTS = {"sqlmodel", "sqlalchemy", "prefect", "apprise", "jinja2", "models.settings"}
FORBIDDEN = {
    "models/rules": FACTS | {"models.plan"},  # plan knows rules, rules never know plan
    "models/plan": FACTS,
    "models": {"prefect", "apprise", "jinja2"},
    "notifications": {"prefect"},
    "tasks": {"apprise"},
    "flows": {"sqlmodel", "apprise", "jinja2"},
}
CLOCKS = {
    "flows/running/clock.py",
    "deployments/watchdog.py",
}  # the watchdog imports nothing of ours
SIGNERS = "notifications/robots"  # a provider refuses a signature that is not of this minute


@cache
def imported(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return frozenset(names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def files(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, folder
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_a_package_imports_only_what_lies_below_it(layer):
    above = set(LAYERS[LAYERS.index(layer) + 1 :])
    for path in files(layer):
        assert not {n for n in imported(path) if within(n, above)}, path


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_package_leaves_out_the_libraries_that_are_not_its_own(folder):
    for path in files(folder):
        if folder == "models" and "migrations" in path.parts:
            continue
        assert not {n for n in imported(path) if within(n, FORBIDDEN[folder])}, path


@pytest.mark.parametrize(
    ("home", "words"),
    [
        # The one reader of YAML, which looks before it builds; libraries' own loaders do not.
        (
            "models/files/yaml_text.py",
            ("safe_load(", "yaml.load", "yaml.compose(", "yaml.parse(", "SafeLoader", "full_load"),
        ),
        ("tasks/workbook/sheets.py", ("python_calamine",)),  # only ever in the guarded worker
        (
            "tasks/documents/libreoffice.py",
            ("soffice",),
        ),  # without its profile it asks whoever a document names
    ],
)
def test_what_reads_foreign_files_has_one_place(home, words):
    for layer in LAYERS:
        for path in files(layer):
            text = path.read_text(encoding="utf-8")
            found = [word for word in words if word in text]
            assert not found or path.relative_to(ROOT).as_posix() == home, (path, found)


def test_flows_do_not_call_each_other():
    flows = {p.stem for p in (ROOT / "flows").glob("*.py")} - {"__init__"}
    for path in files("flows"):
        others = {f"flows.{name}" for name in flows - {path.stem}}
        assert not {n for n in imported(path) if within(n, others)}, path


def test_only_the_clock_reads_the_clock():
    for layer in LAYERS:
        for path in files(layer):
            name = path.relative_to(ROOT).as_posix()
            if name in CLOCKS or name.startswith(SIGNERS):
                continue
            text = path.read_text(encoding="utf-8")
            for call in ("datetime.now(", "date.today(", "datetime.utcnow(", "time.time("):
                assert call not in text, f"{path}: {call}"
