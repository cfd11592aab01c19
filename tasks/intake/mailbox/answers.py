"""Send the answers that are owed, through the office's own mail account, until its server takes each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.campaign.campaign import campaigns
from models.database import open_session
from models.errors import CampaignError, ChannelError
from models.evidence.intake.mails import (
    NO_ID,
    AnswerOwed,
    Refusal,
    answer_refused,
    answer_sent,
    answers_waiting,
    claim_answers,
    put_answers_back,
)
from models.evidence.vault.keeping import read_kept
from models.files.whole_file import FileFault
from models.keys import key_of
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import MAIL_ASIDE
from models.rules.words import OFFICE, Level
from notifications.rendering import render
from notifications.robots.mail_reply import MailReply
from notifications.saying import masks
from notifications.saying.wording import cut_subject
from tasks.intake.mailbox.account import account_now
from tasks.intake.mailbox.telling import MOST_ATTACHED
from tasks.office.reach import channels_now

if TYPE_CHECKING:
    from notifications.channels.channels import Channels
    from notifications.robots.mail import MailRobot

NO_ACCOUNT = (
    "回执发不出去：通道配置里没有邮箱；请给标签“创建办”配一个 mailtos:// 通道（见 README 通道一节）"
)
REPEAT = "（这封回执可能已经发过一次，内容相同。）\n\n"
BEGIN_AT_MOST = 50  # answers in one round
AT_ONCE = 5  # claimed together: the claim holds longer than the slowest five take
AWAY = ("unreachable", "no-login", "tls", "timeout", "dropped")


@dataclass(frozen=True, slots=True)
class AnswersRound:
    """What became of the answers that were due: sent, still owed, and what was given up or in the way."""

    sent: int = 0
    waiting: int = 0
    faults: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return it in one line; "" where nothing was due."""
        said = [f"回执发出 {self.sent} 封"] if self.sent else []
        said += [f"{self.waiting} 封待发"] if self.waiting else []
        said += [self.faults[0]] if self.faults else []
        return "；".join(said)


def send_answers(moment: Moment) -> AnswersRound:
    """Send the answers that are due, one a mail; may be repeated, and killed at any point.

    Each is claimed before it goes: of two rounds at once one sends it. Killed while it went, it is sent
    again when the claim runs out, says that it is a repeat, and has the same Message-ID. A refusal is
    tried again after 1, 5, 15 and 60 minutes; one for good, or the fifth, is told to the office.
    """
    channels, fault = channels_or_fault()
    account = account_now()
    mailbox = account.user if account else ""
    postman = channels.postman(OFFICE, mailbox) if channels else None
    done = _Answered()
    if postman is not None:
        try:
            _send_what_is_due(postman, mailbox, moment, done)
        finally:
            postman.lane.close()
    with open_session(read_only=True) as session:
        waiting = answers_waiting(session)
    if postman is None and waiting:
        done.faults.append(fault or NO_ACCOUNT)
    return AnswersRound(done.sent, waiting, tuple(dict.fromkeys(done.faults)))


class _Answered:
    """A round of answers under way; ``away``: the mail server is not there now."""

    def __init__(self) -> None:
        self.begun = self.sent = 0
        self.away = False
        self.faults: list[str] = []


def _send_what_is_due(postman: "MailRobot", mailbox: str, moment: Moment, done: _Answered) -> None:
    while done.begun < BEGIN_AT_MOST and not done.away:
        with open_session() as session:
            owed = claim_answers(session, moment.now, AT_ONCE)
        if not owed:
            return
        _send_some(postman, owed, mailbox, moment, done)


def _send_some(
    postman: "MailRobot", owed: list[AnswerOwed], mailbox: str, moment: Moment, done: _Answered
) -> None:
    """Send what was claimed, one by one; the rest goes back when the server is not there."""
    for place, one in enumerate(owed, 1):
        rest = owed[place:]
        try:
            answer = postman.reply(_reply(one, mailbox))
        except BaseException:  # ended from outside: this one may be out
            with open_session() as session:
                put_answers_back(session, rest)
            raise
        done.begun += 1
        with open_session() as session:
            if answer.delivered:
                answer_sent(session, one, moment.now, answer.text)
                done.sent += 1
                continue
            no = Refusal(f"{answer.code} {answer.text}", answer.permanent, answer.uncertain)
            if answer_refused(session, one, moment.now, no):
                words = (
                    f"给 {masks.mail(one.sender)} 的回执没有发出去（{no.said}），请用别的办法告知"
                )
                done.faults.append(words)
                _tell(session, one, words, moment)
            elif answer.code in AWAY and not answer.uncertain:
                put_answers_back(session, rest)
                done.faults.append(f"现在发不出回执：{answer.text}，稍后再发")
                done.away = True
                return


def channels_or_fault() -> "tuple[Channels | None, str]":
    """Return the configured channels, or why they cannot be read: mail comes in all the same."""
    try:
        return channels_now(), ""
    except ChannelError as fault:
        return None, str(fault)


def office_addresses(channels: "Channels | None", mailbox: str) -> frozenset[str]:
    """Return our own addresses, in small letters: the mailbox's, and who writes for the office."""
    postman = channels.postman(OFFICE, mailbox) if channels else None
    known = [mailbox, *([postman.envelope.sender, postman.account.user] if postman else [])]
    return frozenset(one.lower() for one in known if one)


def _reply(one: AnswerOwed, mailbox: str) -> MailReply:
    files, text = [], one.text
    room = MOST_ATTACHED
    for name, sha256 in one.attached:
        try:
            files.append((name, read_kept(sha256, room)))
            room -= len(files[-1][1])
        except (CampaignError, FileFault, OSError):
            text += f"\n（退回的副本“{name}”现在取不出来，请向创建办索取。）\n"
    has_id = not one.message_id.startswith((NO_ID, "id:"))
    subject = render("mailbox/subject.txt.j2", subject=one.subject).strip()
    return MailReply(
        receiver=one.sender,
        subject=cut_subject(subject),
        text=(REPEAT if one.repeat else "") + text,
        key=f"answer-{one.message_id}-{one.id}",
        answer_to=one.message_id if has_id else "",
        references=one.thread,
        reply_to=mailbox,
        files=tuple(files),
    )


def _tell(session: Session, one: AnswerOwed, words: str, moment: Moment) -> None:
    for campaign in campaigns(session):
        if not campaign.is_demo:
            id = key_of(campaign)
            word = Word("campaign", id, MAIL_ASIDE, f"answer-{one.id}", words)
            say_to(session, id, Level.OFFICE, word, in_hours(session, moment))
