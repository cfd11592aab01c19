"""Campaigns end: closed, opened again, put away, removed, called otherwise; each an entry of the audit.

Nothing is deleted. Whatever waited to be said for a closed campaign is not said any more, and is again
when it is opened again.
"""

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry, lock_chain
from models.campaign.campaign import RENAMED, Campaign, campaigns
from models.campaign.moves import Occasion, Transition, note
from models.cascade.placing import names_below
from models.database import run
from models.decisions.closing import close_unanswered
from models.decisions.decision import OVERTAKEN, Decision, DecisionCode, open_decisions
from models.decisions.delegation import Delegation
from models.decisions.hearing import Hearing
from models.errors import EndedError, PlanError, UnclearError
from models.keys import key_of
from models.notices.covering import quieten
from models.notices.notice import Notice
from models.rules.campaign_names import folded, slug_fault, tidy
from models.rules.run_kinds import named_work_plan
from models.rules.typed_words import as_typed
from models.rules.words import CampaignState, RunKind

CLOSED = "campaign-closed"  # in the audit, and why a notice was dropped
ARCHIVED = "campaign-archived"
ENDED_WORDS = "整体已结束"


def close(session: Session, campaign: Campaign, said: Occasion) -> tuple[int, int]:
    """End ``campaign``: open questions fall, and nothing that waits is sent.

    Return how many questions fell and how many notices are not said any more. Raises EndedError the second time.
    """
    lock_chain(session)
    _turn(session, campaign, (CampaignState.OPEN,), CampaignState.CLOSED)
    campaign.closed_on = said.moment.today
    falls = Occasion(said.who, said.moment, ENDED_WORDS)
    questions = 0
    for decision in open_decisions(session, campaign.id):
        one = Hearing.of(session, decision, said.moment)
        questions += close_unanswered(one, OVERTAKEN, ENDED_WORDS, falls)
    _void_codes(session, campaign)
    notices = _say_no_more(session, campaign)
    facts = {"questions": questions, "notices": notices}
    note(session, key_of(campaign), said, CLOSED, campaign.slug, **facts)
    return questions, notices


def reopen(session: Session, campaign: Campaign, said: Occasion) -> int:
    """Let a closed or archived campaign go on; return how many notices wait to be said again.

    What a silence or an acknowledgement covers stays quiet. Questions are asked anew by the next
    patrol. Raises EndedError for one that is under way.
    """
    lock_chain(session)
    _turn(session, campaign, (CampaignState.CLOSED, CampaignState.ARCHIVED), CampaignState.OPEN)
    closed_on, campaign.closed_on = campaign.closed_on, None
    again = (
        update(Notice)
        .where(
            col(Notice.campaign_id) == campaign.id,
            col(Notice.state) == "dropped",
            col(Notice.reason) == CLOSED,
        )
        .values(state="waiting", reason="", hold_until=said.moment.now)
    )
    session.connection().execute(again)
    quieten(session, key_of(campaign), said.moment.today)
    # Of a closed one nothing waited.
    waits = select(func.count()).where(Notice.campaign_id == campaign.id, Notice.state == "waiting")
    count = session.exec(waits).one()
    facts = {"closed_on": closed_on, "notices": count}
    note(session, key_of(campaign), said, "campaign-reopened", campaign.slug, **facts)
    return count


def archive(session: Session, campaign: Campaign, said: Occasion, file: str, sha256: str) -> None:
    """Put a closed campaign away: it is no longer listed unasked. ``file`` holds what there was.

    Repeatable: an archived one may be archived again, into another file.
    """
    lock_chain(session)
    both = (CampaignState.CLOSED, CampaignState.ARCHIVED)
    _turn(session, campaign, both, CampaignState.ARCHIVED)
    facts = {"file": file, "sha256": sha256}
    note(session, key_of(campaign), said, ARCHIVED, campaign.slug, **facts)


def remove(session: Session, campaign: Campaign, said: Occasion) -> None:
    """Take a demonstration, or a campaign that was never patrolled, out of sight for good.

    Its rows stay, for the chain speaks of them; its name is free again. Raises EndedError for any
    other campaign.
    """
    require_removable(session, campaign)
    if campaign.state == CampaignState.OPEN:
        close(session, campaign, said)
    lock_chain(session)
    name = campaign.slug
    campaign.slug = f"{name}（已移除 {campaign.id}）"  # which nobody can type as a name
    campaign.state = CampaignState.REMOVED
    note(session, key_of(campaign), said, "campaign-removed", name)


def require_removable(session: Session, campaign: Campaign) -> None:
    """Raise EndedError for a campaign that was patrolled and is no demonstration, or has others below it."""
    if names := names_below(session, campaign):
        first = as_typed("shifan", "campaign", "parent", names[0], "--to", "")
        raise EndedError(
            f"“{campaign.label}”下面还有{'、'.join(names[:3])}，先逐个移出：{first}；没有变动"
        )
    if not campaign.is_demo and _was_patrolled(session, campaign):
        raise EndedError(
            f"“{campaign.label}”已经巡查过，不能移除；不再进行的，"
            "先用 shifan campaign close 结束，再用 shifan campaign archive 归档"
        )


def rename(session: Session, campaign: Campaign, name: str, said: Occasion) -> None:
    """Call ``campaign`` ``name``; lists that went out under the old name still come back to it.

    A plan of work goes on to say in its name that it is one, whether that is typed or not.
    Raises PlanError for what is no name, UnclearError for that of another campaign.
    """
    lock_chain(session)
    new = tidy(name)
    if campaign.run_kind == RunKind.WORK_PLAN:
        new = named_work_plan(new)
    if fault := slug_fault(new):
        raise PlanError("简称", [fault])
    others = [one for one in campaigns(session, ended=True) if one.id != campaign.id]
    if taken := next((one for one in others if folded(one.slug) == folded(new)), None):
        raise UnclearError(f"简称“{taken.slug}”已经是“{taken.title}”的，请换一个")
    old, campaign.slug = campaign.slug, new
    if old != new:
        note(session, key_of(campaign), said, RENAMED, new, **{"from": old, "to": new})


def _turn(
    session: Session, campaign: Campaign, from_: tuple[CampaignState, ...], to: CampaignState
) -> None:
    """Bring a campaign from one of ``from_`` to ``to``; exactly one of all who try does."""
    statement = (
        update(Campaign)
        .where(col(Campaign.id) == campaign.id, col(Campaign.state).in_([str(s) for s in from_]))
        .values(state=to)
    )
    session.flush()
    if session.connection().execute(statement).rowcount != 1:
        session.refresh(campaign)
        state = CampaignState(campaign.state).chinese
        needed = "、".join(s.chinese for s in from_)
        raise EndedError(f"“{campaign.label}”现在是“{state}”，要“{needed}”的才可以，没有变动")
    session.refresh(campaign)


def _was_patrolled(session: Session, campaign: Campaign) -> bool:
    """Say whether a patrol left anything: a stage it opened, or a word, if only that nothing is due."""
    for table in (Transition, Notice):
        if session.exec(select(table.id).where(table.campaign_id == campaign.id).limit(1)).first():
            return True
    seen = select(AuditEntry.id).where(
        AuditEntry.campaign_id == campaign.id, AuditEntry.what == "progress"
    )
    return session.exec(seen.limit(1)).first() is not None


def _void_codes(session: Session, campaign: Campaign) -> None:
    decisions = select(Decision.id).where(Decision.campaign_id == campaign.id)
    delegations = select(Delegation.id).where(Delegation.campaign_id == campaign.id)
    mine = or_(
        col(DecisionCode.decision_id).in_(decisions),
        col(DecisionCode.delegation_id).in_(delegations),
    )
    open_ones = update(DecisionCode).where(mine, col(DecisionCode.state) == "open")
    session.connection().execute(open_ones.values(state="void"))


# Messages on their way that speak of the campaign; several campaigns may speak in one.
_ABOUT = (
    "EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id AND n.campaign_id {which} :campaign)"
)
_STOP = (
    # One that speaks of others too goes on where it may have arrived already: they need the answer.
    f"""UPDATE delivery SET state = 'superseded', code = 'ended', answer = '{ENDED_WORDS}'
        WHERE state = 'waiting' AND message_id IN (
            SELECT g.id FROM message g WHERE NOT g.settled
              AND ({_ABOUT.format(which="=")} OR g.campaign_id = :campaign)
              AND (NOT {_ABOUT.format(which="<>")} OR ({_ABOUT.format(which="=")} AND NOT EXISTS (
                  SELECT 1 FROM delivery d WHERE d.message_id = g.id
                    AND (d.unanswered OR d.lease_until IS NOT NULL)))))""",  # noqa: S608
    """UPDATE notice SET message_id = NULL, reason = '', state = 'waiting'
       WHERE state = 'posted'
         AND message_id IN (SELECT d.message_id FROM delivery d WHERE d.code = 'ended')
         AND message_id NOT IN (SELECT d.message_id FROM delivery d WHERE d.state = 'delivered')""",
    """UPDATE message SET settled = true, "window" = NULL
       WHERE NOT settled
         AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = message.id AND d.code = 'ended')
         AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = message.id
                           AND d.state IN ('waiting', 'delivered'))""",
    f"""UPDATE notice SET state = 'dropped', reason = '{CLOSED}'
        WHERE campaign_id = :campaign AND message_id IS NULL
          AND state IN ('waiting', 'unsendable', 'silenced', 'acknowledged', 'inhibited',
                        'over-budget')""",  # noqa: S608
)


def _say_no_more(session: Session, campaign: Campaign) -> int:
    """Stop what waits to be said of a campaign; return how many notices are dropped for it.

    What a message has to say of other campaigns waits for their next one.
    """
    session.flush()
    for sql in _STOP:
        done = run(session, sql, {"campaign": campaign.id})
    session.expire_all()
    return int(done.rowcount)
