"""Cells for posts keep no person: a name or a telephone number in one is a fault.

It is told and not dropped: a clerk finds again what he typed, and where what looks like a name
belongs to a post, nothing of it is lost in silence.
"""

from models.plan.reading.persons.nameless import without_persons
from models.plan.reading.persons.people import WITHOUT, posts_only
from models.plan.reading.persons.telephones import HIDDEN
from models.rules.bounds import shown

EXAMPLE = "市长"


def person_in_post(text: str) -> str:
    """Return why ``text`` is more than a post, and what to write instead; empty when it is one."""
    told = _told(text)
    if not told:
        return ""
    posts = "、".join(posts_only([without_persons(text)])[0])
    sure = posts and not any(mark in posts for mark in (WITHOUT, HIDDEN))
    return f"{told}，请只写职务，如“{shown(posts) if sure else EXAMPLE}”"


def _told(text: str) -> str:
    """Say that `models.plan.reading.persons.nameless`, which forgets names in documents, would take something out."""
    if without_persons(text) == text:
        return ""
    return f"“{shown(text)}”里像是有姓名或电话"
