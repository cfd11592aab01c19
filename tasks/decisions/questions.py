"""Show a question: as the Markdown above a form, and as rows of a list; reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, campaign_named, campaigns, stages_of
from models.campaign.moves import BY_PLAN
from models.database import open_session
from models.decisions.codes import open_codes
from models.decisions.decision import (
    ASKED,
    STATUS_WORDS,
    Decision,
    asked_about,
    asked_posts,
    decision_numbered,
    decisions_of,
)
from models.decisions.delegation import holder_of
from models.decisions.gate import gate_of, plan_gates
from models.decisions.hearing import Hearing
from models.decisions.tries import tries_of
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, may_approve
from models.rules.decisions.decisions import Why
from models.rules.gates.values import GateReport
from models.rules.words import UNDER_WAY
from notifications import links
from notifications.rendering import render
from tasks.decisions.aftermath import closed_in_words
from tasks.decisions.deputies.entanglements import about_question
from tasks.office.reach import lazily_reachable

OBSTACLES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a form shows it: ``number`` is the next answer's, ``closed`` says how it ended."""

    decision_id: int
    title: str
    markdown: str
    number: int
    closed: str = ""
    may_transfer: bool = False
    others: Sequence[str] = ()
    is_opening: bool = False


def read_question(decision_id: int, source: str, moment: Moment) -> Question:
    """Return a question as it stands now, with what was wrong about the last answer from ``source``."""
    with open_session(read_only=True) as session:
        one = Hearing.numbered(session, decision_id, moment)
        decision, stage, today = one.decision, one.stage, moment.today
        tries, asked = tries_of(session, decision_id, source), one.asked
        others, gate = [post.title for post in one.others], gate_asked(one)
        stages = stages_of(session, stage.campaign_id)
        together = " 会同 " if decision.all_must_agree else " 或 "
        by_plan = decision.asked_by == BY_PLAN
        said = [f"{a.said_by}{Answer(a.answer).chinese}" for a, _ in asked if a.answer]
        may_transfer = plan_gates(one.campaign).may_transfer
        markdown = render(
            "decision/form.md.j2",
            fault=tries[-1].outcome.split("\n") if tries else [],
            campaign=f"{one.campaign.title}（{one.campaign.slug}）",
            demo=one.campaign.is_demo,
            ordinal=stage.ordinal,
            stage=stage.name,
            opening=decision.is_opening,
            under_way="、".join(s.name for s in stages if s.status in UNDER_WAY),
            why=Why(decision.why).chinese,
            days=_days(stage),
            posts=together.join(holder_of(session, post, today).name for _, post in asked),
            asked_on=decision.asked_on,
            asked_by=decision.asked_by if by_plan else f"由{decision.asked_by}",
            due=decision.due,
            noted=about_question(session, decision, today),
            code_line=_code_line(one),
            heard="、".join(said),
            may_approve=may_approve(gate.obstacles),
            obstacles=gate.obstacles[:OBSTACLES_SHOWN],
            total=len(gate.obstacles),
            more=max(0, len(gate.obstacles) - OBSTACLES_SHOWN),
            page=links.artifact(links.OUTLOOK),
            question=links.question(decision_id),
            unmeasured=gate.unmeasured,
            confirmed=gate.confirmed,
            may_transfer=may_transfer and others,
        )
        return Question(
            decision_id,
            _title(one.campaign, decision, stage),
            markdown,
            len(tries) + 1,
            closed_in_words(decision),
            may_transfer,
            others,
            decision.is_opening,
        )


def gate_asked(one: Hearing) -> GateReport:
    """Return what stands in the way of closing the stage today; nothing where it is to be opened."""
    if one.decision.is_opening:
        return GateReport()
    return gate_of(one.session, one.campaign, one.stage, one.moment.today, lazily_reachable())


def title_of(decision_id: int) -> str:
    """Return what a question is called in a list of runs."""
    with open_session(read_only=True) as session:
        decision = decision_numbered(session, decision_id)
        campaign = session.get_one(Campaign, decision.campaign_id)
        return _title(campaign, decision, session.get_one(Stage, decision.stage_id))


def _title(campaign: Campaign, decision: Decision, stage: Stage) -> str:
    """Return a title that begins with the campaign: a phone shows no more than a beginning."""
    return f"{campaign.label} 审批“{asked_about(decision, stage.name)}”（编号 {decision.id}）"


def _days(stage: Stage) -> str:
    end = stage.planned_end or "未定"
    moved = stage.original_end and stage.planned_end and stage.original_end != stage.planned_end
    return f"{stage.planned_start or '未定'} 至 {end}" + (
        f"（原定 {stage.original_end}）" if moved else ""
    )


def _code_line(one: Hearing) -> str:
    ways = {code.way for code in open_codes(one.session, one.matter, one.moment.now)}
    if "channel" in ways:
        return "六位，已发到本人的通道"
    if "sheet" in ways:
        return "六位，由工作人员当面转交"
    why = "演示活动不外发消息" if one.campaign.is_demo else "没有发往本人的通道"
    return f"{why}，请工作人员运行 shifan decision code {one.id} 打印验证码单"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a list; its fields are the keys that ``--json`` prints."""

    id: int
    campaign: str
    stage: str
    status: str
    posts: str
    asked_on: date
    due: date
    result: str


def decision_rows(slug: str | None, every: bool) -> list[DecisionRow]:
    """Return the open questions, with ``every`` the closed ones too, the latest first."""
    with open_session(read_only=True) as session:
        chosen = [campaign_named(session, slug)] if slug else campaigns(session)
        return [
            _row(session, campaign, decision)
            for campaign in chosen
            for decision in decisions_of(session, key_of(campaign))
            if every or decision.status == ASKED
        ]


def _row(session: Session, campaign: Campaign, decision: Decision) -> DecisionRow:
    stage = session.get_one(Stage, decision.stage_id)
    posts = [post.title for _, post in asked_posts(session, key_of(decision))]
    return DecisionRow(
        key_of(decision),
        campaign.slug,
        f"S{stage.ordinal} {asked_about(decision, stage.name)}",
        STATUS_WORDS[decision.status],
        "、".join(posts),
        decision.asked_on,
        decision.due,
        closed_in_words(decision),
    )
