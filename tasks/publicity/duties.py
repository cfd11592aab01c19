"""Give recurring duties of the plan to units, and let them off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.loading.units import group_members
from models.publicity.duties import duties_of, owners_now, set_owners
from models.publicity.laying import lay_and_record
from models.publicity.submission import submissions_standing
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.units.unit import units_of
from tasks.figures.figures_list import unit_meant
from tasks.workbook.cells import as_names


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A recurring duty of the plan: its number, how often, its words, who owes it, when it falls due next."""

    code: str
    often: str
    what: str
    units: Sequence[str]
    next_due: date | None


def duty_lines(slug: str | None, moment: Moment) -> list[DutyLine]:
    """Return the recurring duties of the plan, in its order, each with the units that owe it."""
    with looking_at(slug) as (session, campaign):
        names = {unit.id: unit.name for unit in units_of(session, key_of(campaign))}
        owners = owners_now(session, key_of(campaign))
        due = [
            (one.code.split(".")[0], one.due)
            for one in submissions_standing(session, key_of(campaign))
            if one.due and one.due >= moment.today
        ]
        duties = duties_of(campaign)
    return [
        DutyLine(
            code := f"D{number}",
            duty.raw or duty.freq.chinese,
            duty.what,
            [names[one.unit_id] for one in owners if one.duty == number],
            min((day for of, day in due if of == code), default=None),
        )
        for number, duty in enumerate(duties, 1)
        if not duty.dropped
    ]


def give_duty(slug: str | None, code: str, units: str, by: str, moment: Moment) -> str:
    """Let units owe a duty from today on, and lay out what they owe; return what came of it, in one line.

    ``units`` are names and groups, split by 、; all units without. Repeatable. Raises NotFoundError for
    a duty, a unit or a group that is none, ProgressError where ``by`` is no post.
    """
    return _changed(slug, code, units, by, moment, begins=moment.today)


def spare_duty(slug: str | None, code: str, units: str, by: str, moment: Moment) -> str:
    """Let units off a duty: what they owe of it still is withdrawn, what came stays. As `give_duty` else."""
    return _changed(slug, code, units, by, moment, begins=None)


def _changed(
    slug: str | None, code: str, units: str, by: str, moment: Moment, *, begins: date | None
) -> str:
    if fault := post_fault(by, "登记"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        number = _numbered(campaign, code)
        meant = _units_meant(session, campaign_id, units)
        changed = set_owners(session, campaign_id, number, meant, by.strip(), begins)
        if changed:
            names = {unit.id: unit.name for unit in units_of(session, campaign_id)}
            facts = {"duty": f"D{number}", "units": [names[one] for one in changed]}
            what = "duty-given" if begins else "duty-spared"
            record(session, campaign_id, moment, NewEntry(by.strip(), what, f"D{number}", facts))
        laid = lay_and_record(session, campaign, by.strip(), moment)
        owing = sum(one.duty == number for one in owners_now(session, campaign_id))
    if not changed and not laid:
        return f"没有变化，D{number} 现由 {owing} 个单位报送"
    done = "分给" if begins else "取消"
    return (
        f"D{number} {done} {len(changed)} 个单位，现由 {owing} 个单位报送，排定或调整 {laid} 个节点"
    )


def _numbered(campaign: Campaign, code: str) -> int:
    duties = duties_of(campaign)
    number = code.strip().upper().removeprefix("D")
    standing = {n: duty for n, duty in enumerate(duties, 1) if not duty.dropped}
    if number.isascii() and number.isdigit() and int(number[:6]) in standing:
        return int(number)
    known = "；".join(f"D{n} {duty.what}" for n, duty in standing.items())
    raise NotFoundError(f"方案没有编号为 {code} 的定期报送，有：{known or '没有'}")


def _units_meant(session: Session, campaign_id: int, units: str) -> list[int]:
    """Return the units that are named, or in the groups that are; all that are not retired without a name."""
    every = {unit.name: key_of(unit) for unit in units_of(session, campaign_id) if not unit.retired}
    names = as_names(units)
    if not names:
        return list(every.values())
    groups = group_members(session, campaign_id)
    found: list[int] = []
    for name in names:
        if name in groups:
            found += [every[one] for one in groups[name] if one in every]
        else:
            found.append(unit_meant(session, campaign_id, name))
    if not found:
        raise NotFoundError(f"{'、'.join(names)} 里还没有单位，请先在单位名册里补上成员")
    return found
