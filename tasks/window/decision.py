"""A question read for its page: what is missing, what came in, who is asked, what may be answered."""

from collections.abc import Sequence
from datetime import date, datetime

from models.audit.chain import AuditEntry
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Stage, stages_of
from models.database import open_session
from models.decisions.codes import open_codes
from models.decisions.decision import (
    ASKED,
    OBJECTED,
    AskedPost,
    DecisionCode,
    decision_numbered,
    every_asked_post,
)
from models.decisions.delegation import Holder, holder_of
from models.decisions.gate import plan_gates
from models.decisions.hearing import Hearing
from models.decisions.objection import objections_to
from models.decisions.since import registered_since
from models.rules.audit.words import DEEDS
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
from models.rules.decisions.offered import offered_answers
from models.rules.gates.judge import cheapest
from models.rules.gates.values import GateReport
from models.rules.words import UNDER_WAY, StageStatus
from notifications import links
from tasks.decisions.aftermath import closed_in_words
from tasks.decisions.deputies.entanglements import about_question
from tasks.decisions.deputies.spoken_for import spoken_for
from tasks.decisions.questions import gate_asked
from tasks.window.decision_values import (
    AskedStage,
    CodeSent,
    DeciderSeat,
    DecisionPage,
    EndedQuestion,
    VisitorPart,
)
from tasks.window.naming import Addressed


def decision_page(number: int, post_id: int | None, moment: Moment) -> DecisionPage:
    """Return the question ``number`` as it stands, as the post ``post_id`` (None: no post) sees it.

    Raises NotFoundError for one that is not there. A closed one says how it ended.
    """
    with open_session(read_only=True) as session:
        one = Hearing.numbered(session, number, moment)
        gate = gate_asked(one) if one.decision.status == ASKED else GateReport()
        return question_page(one, gate, post_id)


def campaign_asked(number: int) -> int:
    """Return the campaign that the question ``number`` is about; raises NotFoundError for none."""
    with open_session(read_only=True) as session:
        return decision_numbered(session, number).campaign_id


def objection_entry(number: int, by: str) -> int:
    """Return the entry of the audit of the latest objection of ``by`` to a decision; 0 where there is none."""
    with open_session(read_only=True) as session:
        found = objections_to(session, number, by.strip())
        return found[-1].audit_id if found else 0


def was_asked(number: int, post_id: int | None, moment: Moment) -> bool:
    """Say whether the question ``number`` was put to a post, or to one whose word it gives on the moment's day."""
    with open_session(read_only=True) as session:
        asked = every_asked_post(session, number)
        holders = [holder_of(session, post, moment.today) for _, post in asked]
        return any(post_id in (one.post.id, one.person.id) for one in holders)


def question_page(one: Hearing, gate: GateReport, post_id: int | None) -> DecisionPage:
    """Return the page of a question whose gate says ``gate``."""
    session, decision, stage, campaign = one.session, one.decision, one.stage, one.campaign
    open_ = decision.status == ASKED
    holders = [(asked, holder_of(session, post, one.moment.today)) for asked, post in one.asked]
    part, speaker = part_in_question(holders, post_id)
    others = [post.title for post in one.others] if open_ else []
    lent = plan_gates(campaign).may_transfer
    since = registered_since(session, decision)
    stages, days = stages_of(session, stage.campaign_id), work_calendar(session)
    said = spoken_for(session, decision, one.moment.now)
    return DecisionPage(
        number=one.id,
        campaign=Addressed(
            stage.campaign_id,
            campaign.slug,
            campaign.address,
            campaign.label,
            campaign.title,
            campaign.is_demo,
        ),
        stage=_stage(stage, one.moment.today, days),
        opening=decision.is_opening,
        why=Why(decision.why).chinese,
        asked_by=decision.asked_by,
        asked_on=decision.asked_on,
        due=decision.due,
        due_late=_late(decision.due, one.moment.today, days),
        together=decision.all_must_agree,
        seats=_seats(one, holders),
        obstacles=sorted(gate.obstacles, key=cheapest),
        unmeasured=gate.unmeasured,
        confirmed=[said.text for said in gate.confirmed],
        since=since,
        deeds={what: DEEDS[what] for what in since.counts},
        offered=offered_answers(gate.obstacles, others, opening=decision.is_opening, lent=lent),
        others=others if lent else [],
        under_way=[s.name for s in stages if s.status in UNDER_WAY],
        noted=about_question(session, decision, one.moment.today) if open_ else [],
        part=part,
        speaker=speaker,
        run=links.run(decision.flow_run) if decision.flow_run and open_ else "",
        spoken_for=list(dict.fromkeys(p.title for s in said for p in s.holder.both)),
        ended=None if open_ else _ended(one),
    )


def part_in_question(
    holders: Sequence[tuple[AskedPost, Holder]], post_id: int | None
) -> tuple[VisitorPart, str]:
    """Return what the post ``post_id`` is to a question, and in which asked post's name it would speak.

    Who is asked both as itself and as a deputy speaks for itself first; whoever has no post, or is not
    asked, for the first that is silent: the code says in the end whose word it is.
    """
    silent = [h for asked, h in holders if not asked.answer]
    mine = [h for h in silent if h.post.id == post_id and h.person.id == post_id]
    lent = [h for h in silent if h.person.id == post_id]
    if post_id is not None and (found := mine or lent):
        own = found[0].post.id == post_id
        return VisitorPart.ASKED if own else VisitorPart.DEPUTY, found[0].post.title
    spoken = any(a.answer and post_id in (h.post.id, h.person.id) for a, h in holders)
    part = VisitorPart.SPOKEN if post_id is not None and spoken else VisitorPart.LOOKING
    return part, silent[0].post.title if silent else ""


def _stage(stage: Stage, today: date, days: WorkCalendar) -> AskedStage:
    late = _late(stage.planned_end, today, days) if stage.planned_end else None
    return AskedStage(
        stage.ordinal,
        stage.name,
        StageStatus(stage.status).chinese,
        stage.planned_start,
        stage.planned_end,
        stage.original_end,
        late,
    )


def _late(due: date, today: date, days: WorkCalendar) -> int:
    return days.count(due, today) if due < today else -days.count(today, due)


def _seats(one: Hearing, holders: Sequence[tuple[AskedPost, Holder]]) -> list[DeciderSeat]:
    codes = {code.post_id: code for code in open_codes(one.session, one.matter, one.moment.now)}
    return [_seat(one, asked, holder, codes.get(asked.post_id)) for asked, holder in holders]


def _seat(one: Hearing, asked: AskedPost, holder: Holder, code: DecisionCode | None) -> DeciderSeat:
    sent = None
    if code is not None:
        out = code.way != "channel" or code.delivery_id is not None
        at = _local(code.made_at, one.moment) if out else None
        sent = CodeSent(code.way, at, _local(code.expires_at, one.moment), code.handed_by)
    said = Answer(asked.answer).chinese if asked.answer else ""
    at = _local(asked.at, one.moment) if asked.at else None
    return DeciderSeat(holder.post.title, holder.name, said, asked.said_by, asked.reason, at, sent)


def _ended(one: Hearing) -> EndedQuestion:
    decision = one.decision
    entry = one.session.get(AuditEntry, decision.audit_id) if decision.audit_id else None
    return EndedQuestion(
        closed_in_words(decision),
        _local(decision.closed_at or decision.asked_at, one.moment),
        Answer(decision.answer).chinese if decision.answer else "",
        decision.answered_by,
        decision.reason,
        decision.audit_id,
        entry.hash if entry else "",
        decision.status == OBJECTED,
    )


def _local(at: datetime, moment: Moment) -> datetime:
    return at.astimezone(moment.zone)
