"""Questions as the office looks after them: which may be asked, which wait, and for whom a sheet can be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, looking_at, stages_of
from models.campaign.moves import BY_PLAN
from models.decisions.codes import sheets_out
from models.decisions.decision import (
    Decision,
    asked_about,
    asked_posts,
    decision_numbered,
    open_decisions,
)
from models.decisions.delegation import holder_of
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why, withdrawal_fault
from models.rules.words import StageStatus
from notifications import links
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.codes import CodeSheet, print_code, printed_just_now
from tasks.window.tokens import chooser_of


@dataclass(frozen=True, slots=True)
class SheetSeat:
    """A post that is asked: who decides for it, whether a channel of its own takes its code, what it said."""

    post: str
    holder: str
    has_channel: bool
    answer: str
    printed: datetime | None  # when the sheet was printed whose code counts


@dataclass(frozen=True, slots=True)
class OfficeQuestion:
    """A question that waits: number, what about, since when and up to when, why, and who is asked."""

    number: int
    stage: str
    asked_on: date
    asked_by: str
    due: date
    why: str
    seats: Sequence[SheetSeat]
    fault: str  # why it cannot be withdrawn; empty when it can

    @property
    def asked_in_words(self) -> str:
        """Return who asked it: 由创建办提请, or 按方案计划提请."""
        return f"{'' if self.asked_by == BY_PLAN else '由'}{self.asked_by}提请"

    @property
    def silent(self) -> Sequence[SheetSeat]:
        """Return those who said nothing yet: a sheet can be printed for them."""
        return [seat for seat in self.seats if not seat.answer]


@dataclass(frozen=True, slots=True)
class StageToAsk:
    """A stage that somebody may want moved; ``opening`` where the question is to open it before its day."""

    ordinal: int
    name: str
    status: str
    opening: bool
    question: int | None  # the one that waits already


@dataclass(frozen=True, slots=True)
class OfficeQuestions:
    """The questions of a campaign that wait, and the stages about which one can be asked."""

    waiting: Sequence[OfficeQuestion]
    stages: Sequence[StageToAsk]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet with its code and the address of the decision, as words and as a picture to be scanned."""

    sheet: CodeSheet
    address: str
    picture: str  # data:image/svg+xml


def office_questions(slug: str | None, today: date) -> OfficeQuestions:
    """Return what waits and what may be asked, in the plan's order; reads only."""
    with looking_at(slug) as (session, campaign):
        stages = stages_of(session, key_of(campaign))
        names = {stage.id: stage.name for stage in stages}
        waiting = [
            _question(session, campaign, one, names.get(one.stage_id, ""), today)
            for one in open_decisions(session, campaign.id)
        ]
        asked = {one.stage_id: key_of(one) for one in open_decisions(session, campaign.id)}
        return OfficeQuestions(waiting, [_to_ask(s, asked) for s in stages if _may_ask(s)])


def office_question(slug: str | None, number: int, today: date) -> OfficeQuestion:
    """Return the question ``number`` of a campaign; raises NotFoundError where it does not wait there."""
    for one in office_questions(slug, today).waiting:
        if one.number == number:
            return one
    raise NotFoundError(f"审批 {number} 不在待决定的审批里，可能已经决定")


def require_question_of(slug: str | None, number: int) -> None:
    """Raise NotFoundError where the question ``number`` is none of a campaign's, open or over."""
    with looking_at(slug) as (session, campaign):
        if decision_numbered(session, number).campaign_id != campaign.id:
            raise NotFoundError(f"没有编号为 {number} 的审批")


def print_sheet(
    number: int, post: str | None, by: str, reason: str, moment: Moment, form: str
) -> PrintedSheet:
    """Make a new code for a sheet, as `print_code` does, with where to type it.

    For each ``form`` another code is made and the one before is void, and its post is told.
    """
    return _printed(print_code(number, post, by, reason, moment, chooser_of(form)))


def sheet_just_printed(number: int, post: str, moment: Moment, form: str) -> PrintedSheet | None:
    """Return the sheet that ``form`` made just now, None where that is a minute ago or it counts no more."""
    sheet = printed_just_now(number, post, moment, chooser_of(form))
    return _printed(sheet) if sheet else None


def _printed(sheet: CodeSheet) -> PrintedSheet:
    import segno  # here: it holds a MiB, and few pages show a code

    address = links.question(sheet.decision_id)
    # Without its encoding some phones read a QR code's bytes as Shift JIS, and micro codes not at all.
    code = segno.make(address, encoding="utf-8", micro=False, error="m")
    return PrintedSheet(sheet, address, code.svg_data_uri(border=2, xmldecl=False))


def _question(
    session: Session, campaign: Campaign, one: Decision, stage: str, today: date
) -> OfficeQuestion:
    seats, printed = [], sheets_out(session, key_of(one))
    for voice, post in asked_posts(session, key_of(one)):
        holder = holder_of(session, post, today)
        own = bool(targets_of(campaign, holder.person.tag))
        said = Answer(voice.answer).chinese if voice.answer else ""
        told = post.title, holder.name, own, said
        seats.append(SheetSeat(*told, printed.get(key_of(post))))
    why = Why(one.why).chinese
    when = one.asked_on, one.asked_by, one.due, why
    fault = withdrawal_fault(Why(one.why), [seat.holder for seat in seats if seat.answer])
    return OfficeQuestion(key_of(one), asked_about(one, stage), *when, seats, fault)


def _may_ask(stage: Stage) -> bool:
    return stage.status != StageStatus.CLOSED


def _to_ask(stage: Stage, asked: dict[int, int]) -> StageToAsk:
    status = StageStatus(stage.status)
    opening = status is StageStatus.PENDING
    return StageToAsk(stage.ordinal, stage.name, status.chinese, opening, asked.get(key_of(stage)))
