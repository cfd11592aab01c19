"""When a liaison changes: move the channel in one act, and print a page for the new one."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import writing_to
from models.errors import NotFoundError, PlanError, ProgressError
from models.files.whole_file import write_whole
from models.keys import key_of
from models.papers.quoted import Dated
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import EvidenceState
from models.rules.said import inside
from models.rules.words import OFFICE, Progress, Role, post_fault, words_of
from models.settings import local_day
from models.units.handover import (
    HandedOver,
    HandedPiece,
    HandoverFacts,
    handover_facts,
    liaison_of,
    move_channel,
)
from models.units.unit import Unit, unit_names
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.lists.names import key, perhaps
from tasks.papers.drafts import day_in_words
from tasks.papers.word.document import word_file

STATES, ROLES, DONE = words_of(EvidenceState), words_of(Role), words_of(Progress)


@dataclass(frozen=True, slots=True)
class NewLiaison:
    """Who takes over where: the unit, the channel tag, which of several posts, and who says so."""

    unit: str
    tag: str
    by: str
    post: str = ""


def change_liaison(slug: str | None, new: NewLiaison, out: Path, moment: Moment) -> str:
    """Give a liaison's post its new channel and write the page for the new one; return it in words.

    Repeatable: the second time only the page is written again. The page is whole or not there; killed
    between the two, the channel is moved and the page missing: run again. Raises CampaignError.
    """
    if fault := post_fault(new.by, "办理交接"):
        raise ProgressError(fault)
    tag = new.tag.strip()
    if any(mark in tag for mark in ",，、 "):
        raise PlanError("渠道标签", [f"“{tag}”里有逗号或空格，一个岗位只用一个标签"])
    if out.suffix.lower() != ".docx":
        raise PlanError(out.name, ["文件名应以 .docx 结尾"])
    with writing_to(slug) as (session, campaign):
        unit = _unit(session, key_of(campaign), new.unit)
        post = liaison_of(session, unit, new.post.strip())
        done = move_channel(session, post, unit, tag, new.by.strip(), moment)
        facts = handover_facts(session, post, unit)
        label, post_title = campaign.title, post.title
    draft = _draft(facts, label, post_title, tag, moment)
    write_whole(out, word_file(draft, moment.now, OFFICE))
    return _in_words(done, facts, out)


def _unit(session: Session, campaign_id: int, name: str) -> Unit:
    names = unit_names(session, campaign_id)
    found = {key(known): unit for known, unit in names.items()}.get(key(name))
    if found is None:
        raise NotFoundError(
            f"没有名为 {name} 的单位{perhaps(name, names)}，单位名称见 shifan units export"
        )
    return session.get_one(Unit, found)


def _draft(facts: HandoverFacts, label: str, post: str, tag: str, moment: Moment) -> Draft:
    counts = Counter(STATES[one.state] for one in facts.pieces)
    blocks = drafted(
        "handover",
        unit=facts.unit,
        campaign=label,
        post=post,
        tag=tag,
        today=Dated(day_in_words(moment.today)),
        items=[
            {
                "code": one.code,
                "title": one.title,
                "role": ROLES[one.role],
                "due": str(one.due or "未定"),
                "state": DONE[one.state],
                "pieces": f"{one.pieces} 份" if one.pieces else "没有",
            }
            for one in facts.items
        ],
        pieces=facts.pieces,
        counts="、".join(f"{state} {count} 份" for state, count in counts.items()),
        asked=[
            {"code": one.code, "title": one.title, "state": STATES[one.state], "todo": todo}
            for one in facts.pieces
            if (todo := _todo(one))
        ],
        ledger=facts.ledger
        and {
            "version": str(facts.ledger.version),
            "day": str(local_day(facts.ledger.issued_at)),
            "rows": str(facts.ledger.rows),
        },
        told=[
            {
                "day": str(local_day(one.made_at)),
                "subject": one.subject,
                "arrived": "已送达" if one.arrived else "未送达",
            }
            for one in facts.told
        ],
        signer=OFFICE,
    )
    return Draft(f"{facts.unit}联络员工作交接单", blocks)


def _todo(one: HandedPiece) -> str:
    """Return what the new liaison has to do about a piece; empty where nothing."""
    if one.state == EvidenceState.RETURNED:
        return f"被退回：{inside(one.reason)}；改好后报新版"
    if one.state == EvidenceState.DRAFT:
        return "还是草稿，补齐后上报"
    if one.marks and one.state == EvidenceState.SUBMITTED:
        return f"有 {one.marks} 处核查标记，等创建办认定，可先说明情况"
    return ""


def _in_words(done: HandedOver, facts: HandoverFacts, out: Path) -> str:
    moved = (
        f"{done.unit}{done.post}的提醒改发到“{done.new}”（原为“{done.old}”）"
        if done.changed
        else f"{done.unit}{done.post}的渠道已经是“{done.new}”，没有变化"
    )
    again = f"，{done.again} 条没有发出的提醒随之改发" if done.again else ""
    return f"{moved}{again}；未办完的 {len(facts.items)} 项、材料 {len(facts.pieces)} 份见 {out}"
