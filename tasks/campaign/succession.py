"""Give what is open at a unit that is gone to another unit."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.audit.chain import AuditEntry, lock_chain
from models.audit.taking_back import entry_numbered, taken_back_by
from models.campaign.campaign import looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.publicity.laying import lay_and_record
from models.rules.bounds import LARGEST_NUMBER
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.units.leaving import tell_nobody_who_is_gone
from models.units.succession import Heir, succeed
from models.units.succession_back import (
    SUCCESSION,
    succession_fault,
    take_succession_back,
    withdrawal_of,
)
from models.units.unit import Unit, unit_names
from tasks.lists.names import key, perhaps


@dataclass(frozen=True, slots=True)
class Handover:
    """What entry ``number`` handed over; ``fault`` says why it cannot be taken back, empty when it can."""

    number: int
    old: str
    new: str
    items: int
    day: date
    fault: str


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


def handover_of(slug: str | None, number: int) -> Handover:
    """Return what entry ``number`` handed over; reads only. Raises NotFoundError where it handed nothing over."""
    with looking_at(slug) as (session, campaign):
        entry, facts = _handed(session, key_of(campaign), number)
        fault = succession_fault(session, entry, facts)
        return Handover(number, entry.subject, facts["to"], len(facts["items"]), entry.day, fault)


def take_handover_back(slug: str | None, number: int, by: str, reason: str, moment: Moment) -> str:
    """Take back what entry ``number`` handed over; return what came of it, in one line.

    Everything stands as it stood before, as an entry of its own. Repeatable: what was taken back already
    is left as it is. Raises ProgressError where something changed since.
    """
    if fault := post_fault(by, "撤回"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        lock_chain(session)
        campaign_id = key_of(campaign)
        entry, facts = _handed(session, campaign_id, number)
        line = f"{entry.subject}移交{facts['to']}的 {len(facts['items'])} 项"
        if taken_back_by(session, entry):
            return f"{line}，此前已经撤回，没有变化"
        said = withdrawal_of(entry, facts, by.strip(), reason.strip())
        take_succession_back(session, entry, facts, said, moment)
        tell_nobody_who_is_gone(session, campaign_id)
        lay_and_record(session, campaign, by.strip(), moment)
        return f"{line}已撤回，仍记在{entry.subject}名下"


def _handed(
    session: Session, campaign_id: int, number: int
) -> tuple[AuditEntry, Mapping[str, Any]]:
    entry = entry_numbered(session, min(number, LARGEST_NUMBER))
    if entry is None or (entry.campaign_id, entry.what) != (campaign_id, SUCCESSION):
        raise NotFoundError(f"第 {number} 条记录不是移交，不能在这里撤回")
    return entry, json.loads(entry.facts)


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
