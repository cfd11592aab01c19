"""The style: every section of it stands for itself, in words that Chromium 80 knows."""

import re

import pytest

from deployments.window.files import HERE

STYLE = (HERE / "window.css").read_text(encoding="utf-8")
# What came after Chromium 80, and would be passed over there in silence.
LATER = (":has(", ":is(", ":where(", "aspect-ratio", "inset:", "@layer", "@container", "  &")


def test_every_brace_is_closed_before_the_next_section():
    depth = 0
    for line in STYLE.splitlines():
        if line.startswith("/*"):
            assert depth == 0, f"not closed before {line}"
        bare = re.sub(r"/\*.*?\*/", "", line)
        depth += bare.count("{") - bare.count("}")
        assert depth >= 0, line
    assert depth == 0


@pytest.mark.parametrize("word", LATER)
def test_an_old_browser_knows_every_word(word):
    assert word not in re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S)
