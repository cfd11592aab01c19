"""Hand evidence in: examine, compare, keep; many pieces in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, looking_at, open_campaign, writing_to
from models.database import open_session
from models.errors import ProgressError
from models.evidence.demands.keeping import ensure_demands
from models.evidence.known import sizes_known
from models.evidence.made import judge_made
from models.evidence.outcomes import Handed, LookedAt, PieceOutcome
from models.evidence.period import period_of_campaign
from models.evidence.prints.alike import Searched, search_near
from models.evidence.taking import decide_pieces, take_pieces
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, PieceTaken
from models.rules.evidence.words import Via
from models.rules.words import post_fault
from tasks.evidence.hashing import RECORDING, FilesHanded, is_large
from tasks.evidence.looking import looked_at
from tasks.evidence.looking_back import seen_again

MOST_AT_ONCE = 10_000  # pieces of one call


def hand_in(
    slug: str | None, new: Sequence[NewEvidence], by_post: str, via: Via, moment: Moment
) -> list[PieceTaken]:
    """Take ``new`` in and return what came of each, in their order.

    Files are in the vault before anything names them, and all rows are written in one transaction: killed
    midway nothing is half-written, and the same call again takes the rest. The same pieces again change
    nothing, and are not examined again. What checks find is marked and a person decides; only a file
    marked as a secret is not kept. What is refused leaves nothing behind. Files are examined and
    compared before the transaction, which looks only at what came in since: others hardly wait.

    Raises ProgressError where ``by_post`` is no post, or where there are more than 10,000 pieces.
    """
    if fault := post_fault(by_post, "报送"):
        raise ProgressError(fault)
    if len(new) > MOST_AT_ONCE:
        raise ProgressError(f"一次报了 {len(new)} 份材料，最多 {MOST_AT_ONCE} 份，请分几次")
    handed = Handed(by_post.strip(), via, moment)
    with FilesHanded(_sizes_there(slug, new)) as files:
        looks = [files.hashed(one) for one in new]
        outcomes = _outcomes(slug, new, looks, handed)
        news = [one.revision is not None for one in outcomes]
        looks = list(looked_at(new, looks, news, files))
    seen, searched = seen_again(outcomes), _searched(slug, looks)
    with writing_to(slug) as (session, campaign):
        _with_demands(session, campaign, handed)
        handed = replace(handed, period=period_of_campaign(campaign))
        pieces = list(zip(new, looks, strict=True))
        taken = take_pieces(session, key_of(campaign), pieces, handed, searched)
        judge_made(session, key_of(campaign), seen, handed)
        if not any(one.changed or one.secret for one in taken):
            session.rollback()  # the demands too: what is refused writes nothing
        return taken


def _sizes_there(slug: str | None, new: Sequence[NewEvidence]) -> set[int]:
    """Return the sizes of large files that are there already, where some of ``new`` are large."""
    if not any(map(is_large, new)):
        return set()
    with looking_at(slug) as (session, campaign):
        return sizes_known(session, key_of(campaign), RECORDING)


def _outcomes(
    slug: str | None, new: Sequence[NewEvidence], looks: Sequence[LookedAt], handed: Handed
) -> list[PieceOutcome]:
    """Return what would come of each piece; nothing is written."""
    with open_session(preview=True) as session:
        campaign = open_campaign(session, slug)
        _with_demands(session, campaign, handed)
        pieces = list(zip(new, looks, strict=True))
        return decide_pieces(session, key_of(campaign), pieces, handed)


def _searched(slug: str | None, looks: Sequence[LookedAt]) -> Searched:
    """Search for what the files are near to, while others may still write."""
    if not any(one.picture or one.text for one in looks):
        return Searched()
    with open_session(read_only=True) as session:
        return search_near(session, key_of(open_campaign(session, slug)), looks)


def _with_demands(session: Session, campaign: Campaign, handed: Handed) -> None:
    """Make the demands that items lack."""
    if made := ensure_demands(session, key_of(campaign)):
        said = NewEntry(handed.by_post, "demands-made", campaign.label, {"amount": made})
        record(session, campaign.id, handed.moment, said)
