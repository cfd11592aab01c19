"""The title that begins the text of an item, without what stands behind it in brackets."""

from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.remembered import remembered

LONGEST = 40  # a longer title is a sentence; its first clause names it
# No part of a title is what only says when: 完成机构改革（2025年6月底前完成）.
WHEN = r"（(?:[^（）]{0,12}(?:{某月}|年)[^（）]{0,8}(?:前|完成|底)|长期坚持|持续推进)）$"
ANNOTATION = r"[（【][^（）【】]{0,6}(?:{角色}|完成时限|时限|包抓)[^【】]*?[）】]?$"


@remembered
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
