"""What changed between two versions of a paper: figures, blanks, texts, the layout."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Any

MOST_SHOWN = 60  # characters of a text
BEFORE = 20  # of them before what differs, where that is far behind
LIST_OF_BLANKS = (
    "待补内容清单（"  # how the list at a paper's end begins: blanks are compared as such
)
_ORDINAL = re.compile("[0-9]+｜")  # of a row: one that falls out gives all below it another


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One change: of which kind, where, what stood there and what stands there now."""

    kind: str
    place: str
    before: str
    after: str


def paper_changes(before: str, after: str) -> list[PaperChange]:
    """Return what changed from one version's facts (JSON) to another's: figures first, then blanks, texts, the layout."""
    old, new = json.loads(before), json.loads(after)
    return [
        *_figures(old.get("figures", ()), new.get("figures", ())),
        *_blanks(old.get("blanks", ()), new.get("blanks", ())),
        *_texts(old.get("lines", ()), new.get("lines", ())),
        *_layout(old, new),
    ]


def _figures(old: Sequence[list[str]], new: Sequence[list[str]]) -> Iterator[PaperChange]:
    was, now = {key: text for key, text, _ in old}, {key: text for key, text, _ in new}
    places = {key: note for key, _, note in [*old, *new]}
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            yield PaperChange(
                "数字", places[key], was.get(key, "（没有）"), now.get(key, "（没有）")
            )


def _blanks(old: Sequence[str], new: Sequence[str]) -> Iterator[PaperChange]:
    for what in dict.fromkeys([*old, *new]):
        if old.count(what) > new.count(what):
            yield PaperChange("空白", what, "待补", "已补")
        elif old.count(what) < new.count(what):
            yield PaperChange("空白", what, "没有", "待补")


def _texts(old: Sequence[str], new: Sequence[str]) -> Iterator[PaperChange]:
    """Yield the lines that differ; a line with the same beginning counts as changed, not as two."""
    old, new = _body(old), _body(new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        for n in range(max(b - a, d - c)):
            one = old[a + n] if a + n < b else ""
            other = new[c + n] if c + n < d else ""
            begins = _begins(one, other)
            yield PaperChange(
                "文字", _cut(other or one, 16), _cut(one, begins=begins), _cut(other, begins=begins)
            )


def _layout(old: dict[str, Any], new: dict[str, Any]) -> Iterator[PaperChange]:
    """Yield what makes another version of the same words: the office's own template, the red head."""
    of_old, of_new = (one.get("more", {}).get("template", "") for one in (old, new))
    if of_old != of_new:
        said = ["通用格式" if not one else f"本单位模板 {one[:8]}" for one in (of_old, of_new)]
        yield PaperChange("版式", "模板", *said)
    heads = [" ".join(one.get("head", ())).strip() or "不加红头" for one in (old, new)]
    if heads[0] != heads[1]:
        yield PaperChange("版式", "红头", *heads)


def _body(lines: Sequence[str]) -> list[str]:
    """Return the lines of a paper without their ordinals and without the list of blanks behind it."""
    ends = [n for n, line in enumerate(lines) if line.startswith(LIST_OF_BLANKS)]
    own = lines[: ends[-1]] if ends else lines
    return [_ORDINAL.sub("", line, count=1) if _ORDINAL.match(line) else line for line in own]


def _begins(one: str, other: str) -> int:
    """Return where to begin with two long lines, so that what differs is seen: 0 where it is near their beginning."""
    at = len(commonprefix([one, other]))
    return max(0, at - BEFORE) if at > MOST_SHOWN - BEFORE else 0


def _cut(text: str, longest: int = MOST_SHOWN, begins: int = 0) -> str:
    rest = text[begins:]
    return ("…" if begins and rest else "") + (
        rest if len(rest) <= longest else f"{rest[:longest]}…"
    )
