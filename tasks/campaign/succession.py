"""Give what is open at a unit that is gone to another unit."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import writing_to
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.publicity.laying import lay_and_record
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.units.leaving import tell_nobody_who_is_gone
from models.units.succession import Heir, succeed
from models.units.unit import Unit, unit_names
from tasks.lists.names import key, perhaps


def hand_over(slug: str | None, old: str, new: str, by: str, reason: str, moment: Moment) -> str:
    """Let ``new`` take over what ``old`` has not finished; return what came of it, in one line.

    Finished items stay on the record of ``old``. Repeatable. Raises CampaignError in one line.
    """
    if fault := post_fault(by, "登记"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        left, right = (_unit(session, campaign_id, name) for name in (old, new))
        heir = Heir(left, right, by.strip(), reason.strip())
        done = succeed(session, campaign_id, heir, moment)
        tell_nobody_who_is_gone(session, campaign_id)
        lay_and_record(session, campaign, by.strip(), moment)  # what both owed is owed once
        title = campaign.label
    if not done.count:
        return f"{title}：{done.old}没有要移交的事项，以后方案里的{done.old}即指{done.new}"
    moved = f"{title}：{done.old}没有办完的 {done.count} 项已移交{done.new}"
    also = f"（其中 {done.merged} 项{done.new}本来就有份，并为一项）" if done.merged else ""
    return f"{moved}{also}；办完的仍记在{done.old}名下"


def _unit(session: Session, campaign_id: int, name: str) -> Unit:
    names = {key(known): unit for known, unit in unit_names(session, campaign_id).items()}
    found = names.get(key(name))
    if found is None:
        known = list(unit_names(session, campaign_id))
        raise NotFoundError(
            f"没有名为 {name} 的单位{perhaps(name, known)}，单位名称见 shifan units export"
        )
    return session.get_one(Unit, found)


def asked_for(left_behind: Sequence[tuple[str, int]]) -> str:
    """Return what a list says of units that nobody answers for; empty where there are none."""
    if not left_behind:
        return ""
    named = "、".join(f"{name}（{items} 项）" for name, items in left_behind[:5])
    more = f"等 {len(left_behind)} 个单位" if len(left_behind) > 5 else ""
    return (
        f"{named}{more}没有人负责了，不再向其发送提醒；没办完的事项请指定接手单位："
        f"shifan units succeed {left_behind[0][0]} --to 接手单位 --by 创建办"
    )
