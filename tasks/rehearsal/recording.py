"""What a walk came to, as values that the facts alone decide: nothing of a key, a code or a machine is in them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, stages_of
from models.database import open_session
from models.decisions.asking import deciders
from models.decisions.decision import campaign_posts
from models.decisions.gate import plan_gates
from models.notices.burden import monday_of
from models.rehearsal.walked import (
    SaidNotice,
    WalkedPost,
    count_items,
    days_due,
    message_tags,
    moves_walked,
    notices_carried,
    notices_unsaid,
    posts_walked,
    questions_asked,
)
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
from models.rules.notices.rule_words import NO_WAY
from models.rules.rehearsal.values import (
    AskedQuestion,
    DueDayOff,
    MissingPost,
    Rehearsal,
    RehearsedMessage,
    Unsaid,
    WalkedDay,
    WalkedStage,
    WeekOfUnit,
)
from models.rules.words import OFFICE, StageStatus
from models.units.unit import all_unexpanded_groups
from tasks.office.ladder import plan_field
from tasks.rehearsal.ground import ASSUMED
from tasks.rehearsal.unknown import without_what_is_not_known
from tasks.rehearsal.walking import Walk

PLACES = {StageStatus.ACTIVE: "启动", StageStatus.DECIDING: "提请审批", StageStatus.CLOSED: "结束"}

WHY_UNSAID = {
    **NO_WAY,
    "over-budget": "超出每周次数，等领导同意",
    "silenced": "在静默期内",
    "next-window": "收件人当天已有一条消息，演练结束时还在等下一个工作日",
    "off-hours": "演练结束时还在等下一个工作日",
}


def record(walked: Walk, notes: Sequence[str] = ()) -> Rehearsal:
    """Return what ``walked`` came to; reads the copy that it was walked in."""
    ground = walked.ground
    with open_session(read_only=True) as session:
        campaign = session.get_one(Campaign, ground.campaign_id)
        return _Record(session, campaign, walked).whole(notes)


class _Record:
    """One reading of the copy after a walk."""

    def __init__(self, session: Session, campaign: Campaign, walked: Walk) -> None:
        self._session, self._campaign, self._walk = session, campaign, walked
        self._ground, self._id = walked.ground, walked.ground.campaign_id
        self._posts = posts_walked(session, self._id)
        self._said: dict[int, list[SaidNotice]] = defaultdict(list)
        for one in notices_carried(session, self._id, walked.before.message):
            self._said[one.message_id].append(one)

    def whole(self, notes: Sequence[str]) -> Rehearsal:
        """Return all of it."""
        ground, campaign, session = self._ground, self._campaign, self._session
        every = list(self._messages())
        return Rehearsal(
            slug=campaign.slug,
            label=campaign.label,
            title=campaign.title,
            first=ground.first,
            last=ground.last,
            pace=self._walk.pace.name,
            assumed=ground.assumed,
            messages=every,
            unsaid=list(self._unsaid()),
            questions=list(self._questions()),
            missing=list(self._missing()),
            days=list(self._days(every)),
            weeks=list(self._weeks(every)),
            stages=list(self._stages()),
            due_days_off=list(self._due_days_off(ground.calendar)),
            open_groups=all_unexpanded_groups(session, [self._id])[self._id],
            holidays_until=max(ground.calendar.known_years, default=0),
            items=count_items(session, self._id),
            notes=list(notes),
        )

    def _messages(self) -> Iterator[RehearsedMessage]:
        by_tag: dict[str, list[WalkedPost]] = defaultdict(list)
        for post in self._posts:
            if not post.vacant and not post.retired:
                by_tag[post.tag].append(post)
        tags = self._tags()
        for one in self._walk.kept:
            number = int(one.message.key)
            said, tag = self._said.get(number, []), tags[number]
            posts = by_tag.get(tag, [])
            local = one.at.astimezone(self._ground.zone)
            yield RehearsedMessage(
                day=local.date(),
                at=f"{local:%H:%M}",
                recipient="、".join(post.name for post in posts) or tag,
                tag=tag,
                unit=posts[0].unit if posts else "",
                channel=ASSUMED if self._ground.assumed else one.target.kind,
                subject=one.message.subject,
                body=without_what_is_not_known(one.message.body_markdown, one.message.must),
                items=list(dict.fromkeys(n.code for n in said if n.code)),
                secret=bool(one.message.must),
                urgent=any(n.urgent for n in said),
                instead_of="、".join(dict.fromkeys(filter(None, map(self._meant_for, said)))),
            )

    def _tags(self) -> Mapping[int, str]:
        return message_tags(self._session, self._walk.before.message)

    def _meant_for(self, notice: SaidNotice) -> str:
        """Return the post that a notice was meant for, where another hears in its place."""
        if notice.meant_for is None:
            return ""
        found = [
            post.name
            for post in self._posts
            if post.level == notice.meant_for and post.unit_id in (notice.owner_id, None)
        ]
        return found[0] if found else ""

    def _unsaid(self) -> Iterator[Unsaid]:
        names = {post.id: post.name for post in self._posts}
        grouped: dict[tuple[date, str, str], list[str]] = defaultdict(list)
        for one in notices_unsaid(self._session, self._id, self._walk.before.notice):
            why = WHY_UNSAID.get(one.reason) or WHY_UNSAID.get(one.state) or _reason(one.reason)
            grouped[one.day, names.get(one.post_id, ""), why].append(one.code)
        for (day, recipient, why), codes in grouped.items():
            yield Unsaid(day, recipient, why, len(codes), list(dict.fromkeys(filter(None, codes))))

    def _questions(self) -> Iterator[AskedQuestion]:
        rows: dict[int, list[str]] = defaultdict(list)
        found = questions_asked(self._session, self._id, self._ground.first)
        for row in found:
            rows[row.id].append(row.post)
        for row in {row.id: row for row in found}.values():
            yield AskedQuestion(
                stage=row.stage,
                name=row.name,
                opening=row.why == Why.OPENING,
                asked_on=row.asked_on,
                due=row.due,
                of=list(dict.fromkeys(rows[row.id])),
                answered_on=row.closed_on if row.answer else None,
                answer=Answer(row.answer).chinese if row.answer else "",
            )

    def _missing(self) -> Iterator[MissingPost]:
        counts = Counter(
            (one.meant_for, one.owner_id)
            for said in self._said.values()
            for one in said
            if one.meant_for is not None
        )
        usable = [p for p in self._posts if not (p.vacant or p.unreachable or p.retired)]
        for post in self._posts:
            if not (post.vacant or post.unreachable) or post.retired:
                continue
            own = [
                p
                for p in usable
                if p.unit_id and p.unit_id == post.unit_id and p.level > post.level
            ]
            above = [p for p in usable if p.unit_id is None and p.level >= post.level]
            heard = own or above
            lowest = min((p.level for p in heard), default=0)
            instead = [p.name for p in heard if p.level == lowest]
            notices = sum(
                n
                for (level, owner), n in counts.items()
                if level == post.level and (post.unit_id is None or owner == post.unit_id)
            )
            yield MissingPost(post.name, post.vacant, instead, notices)

    def _days(self, every: Sequence[RehearsedMessage]) -> Iterator[WalkedDay]:
        counts = Counter(one.day for one in every)
        moves: dict[date, list[str]] = defaultdict(list)
        for move in moves_walked(self._session, self._id, self._ground.first):
            if word := PLACES.get(StageStatus(move.to_status)):
                back = StageStatus(move.from_status) is StageStatus.DECIDING and word == "启动"
                moves[move.day].append(f"第 {move.stage} 阶段{'退回继续' if back else word}")
        for day in self._walk.days:
            yield WalkedDay(day.day, counts[day.day], day.notices, day.done, moves[day.day])

    def _weeks(self, every: Sequence[RehearsedMessage]) -> Iterator[WeekOfUnit]:
        """Yield how often each unit is asked in each week, where the plan says how often it may be."""
        budget = int(plan_field(self._campaign, "asks_per_week") or 0)
        asks = Counter((monday_of(one.day), one.unit) for one in every if one.unit)
        for (monday, unit), n in sorted(asks.items()) if budget else ():
            yield WeekOfUnit(unit, monday, n, budget)

    def _stages(self) -> Iterator[WalkedStage]:
        asked = deciders(campaign_posts(self._session, self._id), plan_gates(self._campaign))
        moves = moves_walked(self._session, self._id, date.min)
        for stage in stages_of(self._session, self._id):
            own = [move for move in moves if move.stage == stage.ordinal]
            closed = [m.day for m in own if m.to_status == StageStatus.CLOSED]
            yield WalkedStage(
                ordinal=stage.ordinal,
                name=stage.name,
                start=stage.planned_start,
                end=stage.planned_end,
                open_ended=stage.open_ended,
                workdays=_workdays(stage, self._ground.calendar),
                deciders=[post.title for post in asked],
                opened_on=stage.opened_on,
                closed_on=closed[-1] if closed and stage.status == StageStatus.CLOSED else None,
            )

    def _due_days_off(self, calendar: WorkCalendar) -> Iterator[DueDayOff]:
        for one in days_due(self._session, self._id, self._ground.first, self._ground.last):
            if not calendar.is_workday(one.due):
                told = calendar.last_workday(one.due)
                yield DueDayOff(one.code, one.title, one.owner or OFFICE, one.due, told)


def _workdays(stage: Stage, calendar: WorkCalendar) -> int | None:
    if stage.planned_start is None or stage.planned_end is None:
        return None
    return calendar.count(stage.planned_start - timedelta(days=1), stage.planned_end)


def _reason(reason: str) -> str:
    return "超出每周次数，等领导同意" if reason.startswith("budget:") else "没有说明原因"
