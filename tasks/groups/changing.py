"""Change who sits in a group, and say of a document whether, by whom and by when it is due."""

from dataclasses import dataclass
from datetime import date

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.errors import ProgressError
from models.groups.documents import document_coded, lay_documents
from models.groups.group import group_named
from models.groups.seating import Seating, held_by, leave_seat, take_seat
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.groups.words import DocumentStanding, SeatRole, role_meant, role_word
from models.rules.words import post_fault
from models.units.unit import unit_named, unit_names
from tasks.workbook.persons import person_in_post


@dataclass(frozen=True, slots=True)
class SeatChange:
    """What was typed of a seat: the group, the role, who (a post or a unit), from which day, instead of whom."""

    group: str
    role: str
    who: str
    on: date | None = None
    instead: str = ""
    by: str = "创建办"
    reason: str = ""


def change_seat(slug: str | None, change: SeatChange, moment: Moment) -> str:
    """Let a post or a unit sit in a group from a day on; return it in words. Repeatable.

    Raises ProgressError with every fault, NotFoundError for a group or a unit that is none.
    """
    role = _sound(change)
    on = change.on or moment.today
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        group = group_named(session, campaign_id, change.group)
        holder = change.who.strip()
        unit_id = unit_names(session, campaign_id).get(holder)
        if role.of_units and unit_id is None:
            raise ProgressError(
                f"{role.chinese}只能是单位，名册里没有“{holder}”，见 shifan units export"
            )
        post = "" if unit_id else holder
        said = Seating(role, post, unit_id, on, change.by.strip(), change.reason.strip())
        before = held_by(session, group, said, change.instead, None) if change.instead else None
        changed = take_seat(session, group, said, before)
        word = role_word(role, group.name)
        if not changed:
            return f"{group.name}：{word}本来就是{holder}，没有变动"
        known = {key: name for name, key in unit_names(session, campaign_id).items()}
        ended = [one.post or known.get(one.unit_id or 0, "") for one in changed[1:]]
        facts = {"group": group.name, "role": word, "to": holder, "since": on.isoformat()}
        facts |= {"from": "、".join(ended)} if ended else {}
        facts |= {"reason": said.reason} if said.reason else {}
        entry = NewEntry(said.by, "group-seat-taken", group.name, facts)
        record(session, campaign_id, moment, entry)
        lay_documents(session, campaign_id)
        instead = f"，接替{'、'.join(ended)}（到 {changed[1].last} 止）" if ended else ""
        return f"{group.name}：自 {on} 起，{word}为{holder}{instead}"


def end_seat(slug: str | None, change: SeatChange, moment: Moment) -> str:
    """Let a post or a unit sit in a group no more from a day on; return it in words.

    The seat stays in the history. Raises ProgressError for one that is not held then.
    """
    if fault := post_fault(change.by, "变动"):
        raise ProgressError(fault)
    role = role_meant(change.role) if change.role else None
    on, who = change.on or moment.today, change.who
    with writing_to(slug) as (session, campaign):
        group = group_named(session, key_of(campaign), change.group)
        said = Seating(
            role or SeatRole.MEMBER, "", None, on, change.by.strip(), change.reason.strip()
        )
        seat = held_by(session, group, said, who, role)
        leave_seat(seat, said)
        word = role_word(SeatRole(seat.role), group.name)
        facts = {"group": group.name, "role": word, "from": who.strip(), "since": on.isoformat()}
        facts |= {"reason": said.reason} if said.reason else {}
        record(
            session, campaign.id, moment, NewEntry(said.by, "group-seat-left", group.name, facts)
        )
        lay_documents(session, key_of(campaign))
        return f"{group.name}：{word}{who.strip()}到 {seat.last} 止，此后空缺；以前是谁仍可查"


def _sound(change: SeatChange) -> SeatRole:
    faults = [post_fault(change.by, "变动")]
    role = role_meant(change.role)
    if role is None:
        faults.append(
            f"没有“{change.role.strip()}”这种席位，有：{'、'.join(one.chinese for one in SeatRole)}"
        )
    faults.append(person_in_post(change.who))
    if any(faults) or role is None:
        raise ProgressError("；".join(filter(None, faults)))
    return role


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """What the office says of a document: by when, whose, or that it is none to be handed in."""

    code: str
    due: date | None = None
    owner: str = ""
    none: bool = False
    by: str = "创建办"
    reason: str = ""


def say_of_document(slug: str | None, said: DocumentSaid, moment: Moment) -> str:
    """Keep what the office says of a document and bring its milestone in line; return it in words.

    What was registered on it stays; one that is none is no longer due, and is again when a day or an owner
    is named. Repeatable.
    """
    _sound_saying(said)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        one = document_coded(session, campaign_id, said.code)
        owner = unit_named(session, campaign_id, said.owner.strip()) if said.owner.strip() else None
        before = (one.standing, one.due, one.unit_id)
        one.standing = (DocumentStanding.REFUSED if said.none else DocumentStanding.DUE).value
        one.due, one.unit_id = said.due or one.due, owner or one.unit_id
        code = said.code.strip().upper()
        if before == (one.standing, one.due, one.unit_id):
            return f"{code}《{one.title}》：没有变动"
        one.made_by, one.reason = said.by.strip(), said.reason.strip()
        session.flush()
        lay_documents(session, campaign_id)
        facts = {"title": one.title, "state": DocumentStanding(one.standing).chinese}
        facts |= {"due": one.due.isoformat()} if one.due else {}
        facts |= {"holder": said.owner.strip()} if owner else {}
        facts |= {"reason": one.reason} if one.reason else {}
        record(session, campaign_id, moment, NewEntry(one.made_by, "group-document", code, facts))
        if said.none:
            return f"{code}《{one.title}》：不是要交的文件，不再列为事项"
        due = f"，{one.due} 前交" if one.due else ""
        return f"{code}《{one.title}》：要交{due}{f'，由{said.owner.strip()}负责' if owner else ''}"


def _sound_saying(said: DocumentSaid) -> None:
    faults = [post_fault(said.by, "明确")]
    if said.none and (said.due or said.owner.strip()):
        faults.append("--none 表示不是要交的文件，不能同时写 --due 或 --owner")
    if not said.none and not said.due and not said.owner.strip():
        faults.append("请写 --due 日期、--owner 单位，或 --none")
    if said.none and not said.reason.strip():
        faults.append("没有写明理由（--reason）")
    if any(faults):
        raise ProgressError("；".join(filter(None, faults)))
