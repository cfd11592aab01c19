"""In whose name something was said or could be said about a question: who may object to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.decisions.codes import Matter, Purpose, open_codes, used_codes
from models.decisions.decision import ASKED, AskedPost, Decision, every_asked_post
from models.decisions.delegation import Holder
from models.keys import key_of
from models.units.unit import Post


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """An asked post with whoever decides in its place, and what stands in its name.

    ``asked.answer`` is its voice, ``asked.gone`` that it handed the question on; where neither is,
    a code sheet is out with which somebody could speak.
    """

    asked: AskedPost
    holder: Holder


def spoken_for(session: Session, decision: Decision, now: datetime) -> Sequence[SpokenFor]:
    """Return whose names something stands in about a question, in the order they were asked."""
    matter = Matter(Purpose.DECIDE, key_of(decision))
    codes = {code.post_id: code for code in used_codes(session, key_of(decision))}
    sheets = {}
    if decision.status == ASKED:
        sheets = {c.post_id: c for c in open_codes(session, matter, now) if c.way == "sheet"}
    found = []
    for asked, post in every_asked_post(session, key_of(decision)):
        code = codes.get(asked.post_id) if asked.answer or asked.gone else None
        code = code or sheets.get(asked.post_id)
        if code is not None:
            person = session.get_one(Post, code.holder_id)
            found.append(SpokenFor(asked, Holder(post, person)))
    return found


def in_the_name_of(found: Sequence[SpokenFor], title: str) -> SpokenFor | None:
    """Return what stands in the name of ``title``: as the post that was asked first, else as a deputy."""
    own = [one for one in found if one.holder.post.title == title.strip()]
    lent = [one for one in found if one.holder.person.title == title.strip()]
    return next(iter(own + lent), None)


def nothing_said(decision: Decision, found: Sequence[SpokenFor], title: str) -> str:
    """Return that nothing stands in the name of ``title``, and in whose name something does."""
    titles = dict.fromkeys(post.title for one in found for post in one.holder.both)
    known = f"，可以提出异议的是：{'、'.join(titles)}" if titles else ""
    who = title.strip() or "（空）"
    return f"审批 {decision.id} 没有以{who}的名义说过什么，不需要异议{known}"
