"""Numbered things one after the other, in an office's words."""


def numbered_span(first: int, last: int, word: str) -> str:
    """Return 第 3 至 5 条, where ``word`` is 条; 第 3 条 for one alone."""
    return f"第 {first} {word}" if first == last else f"第 {first} 至 {last} {word}"
