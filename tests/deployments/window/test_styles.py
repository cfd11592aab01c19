"""The style of the window: every section ends what it began, and asks for nothing that old browsers lack."""

import re

from deployments.window.files import HERE

STYLE = (HERE / "window.css").read_text(encoding="utf-8")
# Not in Chromium 80, or of another host.
UNKNOWN = (
    r":has\(",
    r":is\(",
    r"@layer",
    r"aspect-ratio",
    r"\binset:",
    r"@import",
    r"url\((?!data:)",
)


def test_every_section_begins_outside_all_blocks():
    depth = 0
    for number, line in enumerate(STYLE.splitlines(), 1):
        assert not (line.startswith("/*") and depth), f"line {number}: a block before it is open"
        depth += line.count("{") - line.count("}")
    assert depth == 0


def test_old_browsers_know_every_rule():
    bare = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S)

    assert not [one for one in UNKNOWN if re.search(one, bare)]
