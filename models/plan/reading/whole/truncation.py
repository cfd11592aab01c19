"""Whether a text breaks off in the middle of a sentence."""

from collections.abc import Sequence

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.parts import Part


def is_truncated(passages: Sequence[Passage], parts: Sequence[Part]) -> bool:
    """Say whether the text breaks off in the middle of a sentence."""
    last = passages[-1] if passages else None
    if last is None or last.cells or parts[-1].kind == "slogans":
        return False
    text = last.text
    if pattern(r"(?:[^：，。；]{1,10}：){2,}$").fullmatch(text):
        return False  # the blanks of a form: 填表人：　审核人：
    if pattern(r"[。！？；…”》）】\]]$").search(text):
        return False
    if pattern(r"[，、：（《“]$").search(text) or pattern(r"单位：.*[、，].$").search(text):
        return True
    if pattern(
        r"^附件|(?:单位|部门|时限|联系人|电话)[^。]{0,12}：|(?:标语|口号|表)$|\d{4}年\d{1,2}月\d{1,2}日|日印发"
    ).search(text):
        return False
    if len(text) > 24 or pattern(r"[，。；]").search(text):
        return True
    return _stops_at_heading(passages)


def _stops_at_heading(passages: Sequence[Passage]) -> bool:
    """Say whether the last item is a bare heading while the item before it goes on behind its own."""
    last = read_marker(passages[-1].text)
    if last is None or last.number < 2:
        return False
    for passage in reversed(passages[:-1]):
        marker = read_marker(passage.text)
        if marker and marker.kind == last.kind and marker.number == last.number - 1:
            return pattern(r"。.{6,}").search(passage.text) is not None
    return False
