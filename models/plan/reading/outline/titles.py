"""The heading of an item: what stands between its number and its text."""

from models.plan.reading.outline.outline import Node
from models.plan.reading.text.patterns import pattern

LONGEST = 40  # a longer title is a sentence; its first clause names it


def heading_of(node: Node) -> str:
    """Return the first words of an item up to 。 or a colon, without annotations in brackets."""
    return title_of(node.text)


def title_of(text: str) -> str:
    """Return the title that begins ``text``: up to the first 。 or colon, a long one up to the first ，.

    The closing mark is dropped; brackets with units, dates or posts are no part of a title.
    """
    found = pattern(r"[。：！？]").search(text)
    title = text[: found.start()] if found else text
    title = pattern(ANNOTATION).sub("", title)
    title = pattern(WHEN).sub("", title)
    title = pattern(r"[。；，、：—]+$").sub("", title)
    if len(title) > LONGEST:
        title = pattern("，").split(title, maxsplit=1)[0]
    return title


# …and nor is one that only says when: 完成机构改革（2025年6月底前完成）.
WHEN = r"（(?:[^（）]{0,12}(?:\d{1,2}月|年)[^（）]{0,8}(?:前|完成|底)|长期坚持|持续推进)）$"
ANNOTATION = r"[（【][^（）【】]{0,6}(?:{角色}|完成时限|时限|包抓)[^【】]*?[）】]?$"
