"""What the style sheets of a page hide: as much of CSS as decides whether a person sees a text."""

import re
from collections.abc import Iterable

NOT_SHOWN = re.compile(
    r"(?:^|[;{])\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b",
    re.IGNORECASE,
)
_CSS_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)")
_ONE = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_DISPLAY = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w-]+")


def hidden_names(styles: Iterable[str]) -> frozenset[str]:
    """Return the classes (.x) and names (#x) that the page's style sheets hide, and never show.

    Rules for one medium, such as paper, are no rules for the page; nor is a class hidden that another
    rule shows: a script may choose between them.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in styles:
        for rule in _without_media(_CSS_COMMENT.sub("", sheet)).split("}"):
            selectors, _, body = rule.partition("{")
            if not _DISPLAY.search(body):
                continue
            is_hidden = NOT_SHOWN.search(body) is not None
            for selector in selectors.replace("<!--", "").split(","):
                if not is_hidden:
                    shown.update(_NAMES.findall(selector))
                elif found := _ONE.fullmatch(selector.strip()):
                    hidden.add(found[1])
    return frozenset(hidden - shown)


def _without_media(sheet: str) -> str:
    """Return a style sheet without its blocks within blocks."""
    if "@" not in sheet:
        return sheet
    kept, depth, start = [], 0, 0
    for found in re.finditer(r"@[\w-]+[^{};@]*\{|[{}]", sheet):
        if depth == 0 and found[0].startswith("@"):
            kept.append(sheet[start : found.start()])
            depth = 1
        elif depth:
            depth += -1 if found[0] == "}" else 1
            start = found.end()
    return "".join(kept) + (sheet[start:] if not depth else "")
