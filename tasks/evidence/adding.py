"""Add one piece as it is typed at the command."""

from dataclasses import replace

from models.campaign.campaign import looking_at
from models.evidence.listing import evidence_line
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, PieceTaken, number_of
from models.rules.evidence.words import Via
from tasks.evidence.handing_in import hand_in


def add_one(
    slug: str | None, new: NewEvidence, by_post: str, via: Via, moment: Moment
) -> PieceTaken:
    """Hand one piece in; a new revision keeps the title of before where none is given."""
    if new.code and not new.title.strip():
        with looking_at(slug) as (session, campaign):
            line = evidence_line(session, key_of(campaign), number_of(new.code) or 0)
        new = replace(new, title=line.title if line else new.code)
    elif not new.title.strip() and new.file_name:
        new = replace(new, title=new.file_name.rpartition(".")[0] or new.file_name)
    [taken] = hand_in(slug, [new], by_post, via, moment)
    return taken
