"""Show where versions of ledgers disagree, and settle it as a post decides."""

from collections.abc import Sequence
from datetime import date

from models.campaign.campaign import begins_on, looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.evidence.ledgers.conflicts import ConflictLine, open_conflicts, settle_conflicts
from models.evidence.ledgers.issues import every_part
from models.evidence.ledgers.origins import Origin, standing_origins
from models.keys import key_of
from models.loading.progress import Change, ProgressLine, store_changes
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledgers import NOTE, STATE, Side, out_of_a_cell
from models.rules.progress import progress_faults
from models.rules.words import Progress, post_fault
from models.units.unit import unit_named
from tasks.ledgers.numbers.conflicts import register_offered


def list_conflicts(slug: str | None, unit: str = "") -> list[ConflictLine]:
    """Return the disagreements that nobody has settled, of one unit or of all."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_named(session, campaign_id, unit) if unit else None
        found = open_conflicts(session, campaign_id)
        return [one for one in found if unit_id in (None, one.unit_id)]


def origins_of(slug: str | None, conflicts: Sequence[ConflictLine]) -> dict[int, Origin]:
    """Return where what is registered came from, by the number of the disagreement."""
    with looking_at(slug) as (session, campaign):
        return standing_origins(session, key_of(campaign), conflicts)


def settle(
    slug: str | None, number: int | None, unit: str, side: str, by_post: str, moment: Moment
) -> int:
    """Settle one disagreement, or all of a unit, for one ``side`` (an office's word); return how many.

    What the other version says is registered under ``by_post`` in the same transaction, by the rules of
    all progress. Settled ones are gone from the list: the same call again finds none and says so.

    Raises ProgressError for a side or post that is none, and where what is chosen may not be registered;
    NotFoundError where nothing is open.
    """
    chosen = next((one for one in Side if side in (one.chinese, one.value)), None)
    if chosen is None:
        raise ProgressError(f"没有“{side}”这一种，只能是 {'、'.join(one.chinese for one in Side)}")
    if fault := post_fault(by_post, "认定"):
        raise ProgressError(fault)
    if (number is None) == (not unit):
        raise ProgressError("请写明一处分歧的编号，或用 --unit 写明一个单位（它的各处一并认定）")
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_named(session, campaign_id, unit) if unit else None
        found = [
            one
            for one in open_conflicts(session, campaign_id)
            if one.id == number or (unit_id is not None and one.unit_id == unit_id)
        ]
        if not found:
            what = f"第 {number} 处分歧" if number is not None else f"{unit}的分歧"
            raise NotFoundError(f"没有待认定的{what}；现有的见 shifan ledger conflicts")
        if chosen is Side.OFFERED:
            begins = begins_on(session, campaign_id)
            parts = {part.id: part for part in every_part(session, campaign_id)}
            changes: dict[int, Change] = {}
            for one in (one for one in found if one.field in (STATE, NOTE)):
                old = parts[one.assignment_id].line
                new = changes[one.assignment_id].new if one.assignment_id in changes else old
                changes[one.assignment_id] = Change(old, _said(one, new, by_post))
            _refuse(found, list(changes.values()), moment, begins)
            numbers = [one for one in found if one.field not in (STATE, NOTE)]
            register_offered(session, campaign_id, numbers, by_post.strip(), moment)
            new_ones = [each for each in changes.values() if each.new.said != each.old.said]
            store_changes(session, campaign_id, new_ones, moment=moment)
        settle_conflicts(session, campaign_id, found, chosen, by_post.strip(), moment)
        return len(found)


def _said(one: ConflictLine, line: ProgressLine, by_post: str) -> ProgressLine:
    """Return ``line`` with what the other version says of the field."""
    if one.field != STATE:
        return line._replace(note=one.offered, by_post=by_post.strip())
    state, day = out_of_a_cell(one.offered)
    return line._replace(state=Progress(state), done_on=day, by_post=by_post.strip())


def _refuse(
    found: Sequence[ConflictLine], changes: Sequence[Change], moment: Moment, begins: date | None
) -> None:
    """Raise ProgressError with every reason why what was chosen may not be registered."""
    gone = [f"{one.code} 已不在{one.unit}的责任分解里" for one in found if one.withdrawn]
    faults = [
        f"{each.new.code}：{fault}"
        for each in changes
        for fault in progress_faults(
            each.new.state, each.new.done_on, each.new.note, moment.today, begins
        )
    ]
    if gone or faults:
        raise ProgressError("；".join([*gone, *faults]))
