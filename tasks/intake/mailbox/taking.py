"""Take one mail in: its files kept and handed on, what came of them written down, then it may be marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.campaign.campaign import campaign_named, campaigns
from models.database import open_session
from models.errors import DatabaseError
from models.evidence.intake.mails import (
    MailEnd,
    answers_since,
    begin_mail,
    finish_mail,
    let_go,
    outcomes_of,
)
from models.evidence.intake.received import ReceivedMail
from models.files.disk_words import reason_of
from models.keys import key_of
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from models.rules.notices.rule_words import MAIL_ASIDE
from models.rules.words import Level
from models.settings import local_minute
from notifications.saying.masks import fingerprint
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.mailbox.mails import MailRead
from tasks.intake.mailbox.robots import is_bounce, why_no_answer
from tasks.intake.mailbox.telling import (
    AnswerMade,
    answer_of,
    has_secret,
    mail_in_words,
    stored_results,
)

Receive = Callable[[str | None, Sequence[Arrived], Moment], list[TakenIn]]
# Answers to one sender in a day, where the mail brought a file that is new, and where it did not: what
# asks for more is two machines that answer one another.
MOST_ANSWERS, MOST_TO_NOTHING_NEW = 60, 12
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Office:
    """Whom a round works for: the campaign, how files are received, our own addresses, whom we know.

    ``tags_at`` returns the tags of the channels that reach an address; the part before "-" is a unit.
    """

    slug: str | None
    receive: Receive
    own: frozenset[str]
    tags_at: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class MailTaken:
    """What became of one mail; ``kept`` when everything of it is and it may be marked, ``new`` when only now."""

    kept: bool
    new: bool = False
    files: int = 0
    aside: str = ""  # what the office should look at


def take_mail(
    mail: MailRead, size: int, came_at: datetime | None, office: Office, moment: Moment
) -> MailTaken:
    """Take ``mail`` in: twice, at once with another round, or killed at any point, once.

    What it holds is kept by `Office.receive`, which knows each file by the mail and its hash; the answer
    is written when all of it is. Killed before that, a later round goes on and tells what came of it the
    first time. Raises CampaignError where it cannot be kept now: then it is not marked and comes again.
    """
    at = min(came_at or moment.now, moment.now)
    row = ReceivedMail(
        message_id=mail.message_id,
        digest=mail.digest,
        size=size,
        sender=mail.sender,
        thread=mail.thread,
        sent_at=mail.sent_at,
        received_at=at,
    )
    with open_session() as session:
        number, how = begin_mail(session, row, moment.now)
    if how in ("done", "held"):
        return MailTaken(kept=how == "done")
    try:
        return _kept(number, mail, at, office, moment)
    except BaseException:
        with open_session() as session:
            let_go(session, number)
        raise


def _kept(number: int, mail: MailRead, at: datetime, office: Office, moment: Moment) -> MailTaken:
    results = [] if is_bounce(mail) else _received(mail, at, office, moment)
    with open_session(read_only=True) as session:
        repeated = [one.received_id for one in results if one.reception is Reception.REPEATED]
        known = outcomes_of(session, [id for id in repeated if id]) if any(repeated) else {}
        so_far = answers_since(session, mail.sender, moment.now - A_DAY)
    results = stored_results(results, known, mail.key)
    fresh = any(one.reception is not Reception.REPEATED for one in results)
    often = so_far >= (MOST_ANSWERS if fresh else MOST_TO_NOTHING_NEW)
    reason = _why_none(mail, results, office, often=often)
    try:
        made = AnswerMade("") if reason else answer_of(mail, results, local_minute(at))
    except OSError as error:
        raise DatabaseError(
            f"回执的副本没有写进证明材料库（{reason_of(error)}），请检查磁盘"
        ) from None
    aside = _aside(mail, results, office, reason)
    with open_session() as session:
        subject = "" if has_secret(results) else mail.subject
        end = MailEnd(made.text, reason, made.attached, subject)
        mine = finish_mail(session, number, moment.now, end)
        if mine and aside:
            _tell_office(session, number, mail, aside, office, moment)
    return MailTaken(kept=True, new=mine, files=len(results), aside=aside if mine else "")


def _received(mail: MailRead, at: datetime, office: Office, moment: Moment) -> list[TakenIn]:
    files = [
        Arrived(
            name=one.name,
            content=one.content,
            sender=mail.sender,
            via=Via.MAIL,
            received_at=at,
            key=f"{mail.key}{one.sha256}",
            batch=mail.key,
            subject=mail.subject,
        )
        for one in mail.files
    ]
    try:
        return office.receive(office.slug, files, moment) if files else []
    except OSError as error:
        raise DatabaseError(f"附件没有存下来（{reason_of(error)}），请检查磁盘；下次再收") from None


def _why_none(mail: MailRead, results: Sequence[TakenIn], office: Office, *, often: bool) -> str:
    """Return why ``mail`` gets no answer, "" where it does."""
    if reason := why_no_answer(mail, office.own):
        return reason
    if _is_strange(mail, results, office):
        return "stranger"
    return "too-often" if often else ""


def _is_strange(mail: MailRead, results: Sequence[TakenIn], office: Office) -> bool:
    """Say whether nobody of ours wrote it: no channel reaches its sender, and it brought no workbook of ours."""
    ours = any(one.unit or one.ours for one in results) or has_secret(results)
    return not ours and not (mail.sender and office.tags_at(mail.sender))


def _aside(mail: MailRead, results: Sequence[TakenIn], office: Office, reason: str) -> str:
    """Return what the office should look at, in a line; "" where nothing is out of the way."""
    if has_secret(results):
        return (
            f"{mail_in_words(mail, secret=True)}里有标着密级的文件，没有保存；原邮件还在邮箱里，"
            "请按保密规定处置并报告"
        )
    if reason == "bounce":
        return f"{mail_in_words(mail)}是退信或系统回执，附件没有收；若是回执被退回，请核对对方地址"
    if _is_strange(mail, results, office) and (results or mail.notes):
        many = f"{len(results)} 个附件已留存" if results else "附件没有取出"
        return (
            f"{mail_in_words(mail)}：发件地址不在通道里，附件也不是本活动的台账，{many}，没有回信"
        )
    if reason == "too-often":
        return f"{mail_in_words(mail)}：同一地址一天里来信太多，像是自动来回，没有再回"
    if mail.notes and reason:
        return f"{mail_in_words(mail)}：{'；'.join(mail.notes[:3])}"
    if any(one.ours for one in results) and not office.tags_at(mail.sender):
        return (
            f"{mail_in_words(mail)}：发件地址不在通道里，督导结果已按表处理，请核对是不是督导组发的"
        )
    return _other_unit(mail, results, office)


def _other_unit(mail: MailRead, results: Sequence[TakenIn], office: Office) -> str:
    """Return a line where a ledger is another unit's than its sender's address."""
    bodies = {tag.partition("-")[0] for tag in office.tags_at(mail.sender)}
    others = sorted({one.unit for one in results if one.unit and one.unit.lower() not in bodies})
    if not bodies or not others:
        return ""
    return (
        f"{mail_in_words(mail)}：发件地址在通道里属于{'、'.join(sorted(bodies)[:3])}，"
        f"台账却是{'、'.join(others[:3])}的，已按台账登记，请核对"
    )


def _tell_office(
    session: Session, number: int, mail: MailRead, aside: str, office: Office, moment: Moment
) -> None:
    """Tell the office once per mail, of strangers and loops once a day and sender."""
    secret = "标着密级" in aside
    who = fingerprint(mail.sender)[:12] if mail.sender else "nobody"
    occurrence = f"mail-{number}" if secret else f"{moment.today}-{who}"
    told = campaigns(session) if office.slug is None else [campaign_named(session, office.slug)]
    for campaign in told:
        if not campaign.is_demo:
            id = key_of(campaign)
            word = Word("campaign", id, MAIL_ASIDE, occurrence, aside, urgent=secret)
            at = replace(moment, calendar=None) if secret else in_hours(session, moment)
            say_to(session, id, Level.OFFICE, word, at)
