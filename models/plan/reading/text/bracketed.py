"""The outermost brackets of a text."""

import re

OPEN, CLOSE = "（([【〔［「〖", "）)]】〕］」〗"


_BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}]")


def brackets(text: str) -> list[tuple[int, int]]:
    """Return the spans of the outermost brackets, an unclosed one up to the end."""
    spans, depth, start = [], 0, 0
    for found in _BRACKET.finditer(text):
        if found[0] in OPEN:
            start = found.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((start, found.end()))
    if depth:
        spans.append((start, len(text)))
    return spans
