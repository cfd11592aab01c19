"""What the project promises about itself: commands in README, templates that render, no secrets."""

import re
import subprocess

import pytest
from jinja2 import UndefinedError

from deployments.cli import commands
from notifications.rendering import TEMPLATES, render
from tests.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def words(command=commands, before=()):
    """Every command as the words one types."""
    for name in command:
        if name.startswith("-"):
            continue
        found = command[name]
        nested = [n for n in found if not n.startswith("-")]
        yield from words(found, (*before, name)) if nested else [" ".join((*before, name))]


@pytest.mark.parametrize("command", sorted(words()))
def test_every_command_stands_in_readme(command):
    assert f"shifan {command}" in README


def test_every_command_of_readme_exists():
    known = set(words())
    typed = re.findall(r"^(?:\.venv/bin/)?shifan ((?:[a-z-]+ ?)+)", README, re.M)
    assert typed
    for line in typed:
        parts = line.split()
        group = any(one.startswith(parts[0] + " ") for one in known)  # a word with words under it
        assert " ".join(parts[:2]) in known or parts[0] in known or group, line


def test_every_make_target_of_readme_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert {*re.findall(r"make ([a-z-]+)", README)} <= targets


def test_every_picture_of_readme_is_there():
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


# A file of macros says nothing by itself.
SAYING = sorted(t for t in TEMPLATES.rglob("*.j2") if t.name != "_items.md.j2")


@pytest.mark.parametrize("template", SAYING, ids=lambda path: path.name)
def test_a_template_without_its_data_fails_loudly(template):
    with pytest.raises(UndefinedError):
        render(template.relative_to(TEMPLATES).as_posix())


def test_nothing_that_is_committed_names_a_machine_or_an_index():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split("\n"):
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".docx", ".pdf", ".xlsx"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"--(extra-)?index-url |https?://[^ ]*p[y]pi|/opt/p[y]pi", text), name
        assert not re.search(r"(?<![\w.])/(w[o]rk|r[o]ot)/[\w.]", text), name
