"""Words set in two half lines (双行合一), and the brackets that are drawn around them (17.3.2.10)."""

from typing import Any

from tasks.documents.word.names import RPR, RUN, W

_LAYOUT = f"{W}eastAsianLayout"
_BRACKETS, _KEY = f"{W}combineBrackets", f"{W}id"
_SIGNS = {"round": "（）", "square": "［］", "angle": "〈〉", "curly": "｛｝"}


def has_brackets(root: Any) -> bool:
    """Say whether any words of a part are set so and in brackets."""
    return any(each.get(_BRACKETS) in _SIGNS for each in root.iter(_LAYOUT))


def brackets_around(run: Any) -> tuple[str, str]:
    """Return the bracket drawn before a run and the one behind; runs of one piece share a pair."""
    layout = run.find(f"{RPR}/{_LAYOUT}")
    signs = "" if layout is None else _SIGNS.get(layout.get(_BRACKETS) or "", "")
    if not signs:
        return "", ""
    key = layout.get(_KEY)
    before, behind = (
        "" if key is not None and _key_of(other) == key else sign
        for other, sign in zip((run.getprevious(), run.getnext()), signs, strict=True)
    )
    return before, behind


def _key_of(other: Any) -> str | None:
    layout = None if other is None or other.tag != RUN else other.find(f"{RPR}/{_LAYOUT}")
    return None if layout is None else layout.get(_KEY)
