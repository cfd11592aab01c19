"""The window's style holds together, and a browser of 2020 understands it."""

import re

import pytest

from tests.places import ROOT

STYLE = (ROOT / "deployments/window/files/window.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S)


def test_every_section_closes_what_it_opens():
    depth = 0
    for number, line in enumerate(STYLE.splitlines(), 1):
        assert not (depth and line.startswith("/*")), f"line {number}: the section above is open"
        depth += line.count("{") - line.count("}")
        assert depth >= 0, f"line {number} closes what nobody opened"
    assert depth == 0


@pytest.mark.parametrize(
    "new", [":has(", ":is(", ":where(", "@layer", "@container", "aspect-ratio", "inset:", "@import"]
)
def test_nothing_is_newer_than_chromium_80(new):
    assert new not in RULES
