"""One round of the mailbox: what is new is taken in, what is kept is marked, the rest waits for the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imap_tools import BaseMailBox

from models.database import open_session
from models.errors import CampaignError
from models.evidence.intake.mails import KnownMail, known_mails
from models.rules.calendar.moment import Moment
from models.settings import local_minute
from tasks.intake.mailbox.account import MailboxAccount, account_now
from tasks.intake.mailbox.answers import channels_or_fault, office_addresses
from tasks.intake.mailbox.faults import in_mailbox_words, unless_refused
from tasks.intake.mailbox.fetching import (
    Listed,
    listed_mails,
    mark_kept,
    older_unmarked,
    raw_header,
    raw_mail,
)
from tasks.intake.mailbox.mails import LARGEST_MAIL, MailRead, read_head, read_mail
from tasks.intake.mailbox.opening import READ_ONLY, opened_mailbox
from tasks.intake.mailbox.taking import MailTaken, Office, Receive, take_mail

MOST_MAILS = 60  # in one round
MOST_VISITS = 3  # in one round: after a mail at which the server lets go of us
MOST_BYTES = 300 * 1024 * 1024  # in one round
TOO_LARGE = f"邮件超过 {LARGEST_MAIL // 1024 // 1024} MB，附件没有收；请分成几封发，或把图片、视频缩小后再发"


@dataclass(frozen=True, slots=True)
class MailRound:
    """What one round did: mails and files taken in, mails left for the next round, and what is to be looked at.

    ``asides`` are lines for the office, which was told; ``faults`` say what could not be done.
    """

    set_up: bool = True
    mails: int = 0
    files: int = 0
    left: int = 0
    older: int = 0
    asides: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return the round in one line, for the list of runs."""
        if not self.set_up:
            return "没有配置收件邮箱"
        said = [f"收邮件 {self.mails} 封、附件 {self.files} 个"]
        if self.left:
            said.append(f"还有 {self.left} 封下次再收")
        if self.older:
            said.append(f"另有 {self.older} 封三个月以前的没有看")
        if self.asides:
            said.append(f"{len(self.asides)} 件请创建办过目")
        if self.faults:
            said.append(f"{len(self.faults)} 处没有做成：{self.faults[0]}")
        return "；".join(said)


def collect_mail(moment: Moment, receive: Receive, slug: str | None = None) -> MailRound:
    """Take in what is new in the mailbox; may run twice, at once with itself, or be killed at any point.

    A mail is marked (read, and kept) only when everything of it is kept; nothing is deleted. What cannot
    be taken now, with its reason, comes again in the next round and holds nobody else up. Files go to
    ``receive``, which keeps each and knows it again. Raises only SettingsError; what the server does,
    and a channels file that cannot be read, stand in ``faults``.
    """
    account = account_now()
    if account is None:
        return MailRound(set_up=False)
    channels, fault = channels_or_fault()
    office = Office(
        slug,
        receive,
        office_addresses(channels, account.user),
        channels.tags_at if channels else lambda _address: (),
    )
    done = _Done()
    done.faults += [fault] if fault else []
    for _ in range(MOST_VISITS):
        done.at = None
        try:
            with opened_mailbox(account) as box:
                _go_through(box, account, office, moment, done)
        except CampaignError as fault:
            done.faults.append(str(fault))
        if done.at is None:  # through, or the mailbox itself cannot be read
            break
        done.passed.add(done.at.message_id)
    return MailRound(
        mails=done.mails,
        files=done.files,
        left=done.left,
        older=done.older,
        asides=tuple(done.asides),
        faults=tuple(dict.fromkeys(done.faults)),
    )


class _Done:
    """A round under way; ``at`` is the mail that is being fetched, ``passed`` are those it broke off at."""

    def __init__(self) -> None:
        self.mails = self.files = self.left = self.older = 0
        self.at: Listed | None = None
        self.passed: set[str] = set()
        self.marks = True  # until a mark is refused
        self.asides: list[str] = []
        self.faults: list[str] = []

    def note(self, taken: MailTaken) -> None:
        self.mails += taken.new
        self.files += taken.files
        self.asides += [taken.aside] if taken.aside else []


def _go_through(
    box: BaseMailBox, account: MailboxAccount, office: Office, moment: Moment, done: _Done
) -> None:
    with in_mailbox_words(account, "收取"):
        listed = listed_mails(box, moment.today)
    with unless_refused(account, "查看旧邮件", done.faults):
        done.older = older_unmarked(box, moment.today)
    with open_session(read_only=True) as session:
        known = known_mails(session, (one.message_id for one in listed))
    new, kept = sorted_out(listed, known)
    _mark(box, account, [one.uid for one in kept], done)
    done.left = len(new)
    for one in within_bounds([each for each in new if each.message_id not in done.passed]):
        done.at, fetched = one, False
        with unless_refused(account, f"收取{_came(one)}的一封邮件", done.faults):
            mail, fetched = _read(box, one), True
        done.at = None
        if not fetched:
            continue
        if mail is not None:
            try:
                taken = take_mail(mail, one.size, one.came_at, office, moment)
            except CampaignError as fault:
                done.faults.append(f"{_about(mail)}没有收下，下次再收：{fault}")
                continue
            if not taken.kept:  # another round is at it
                continue
            done.note(taken)
            _mark(box, account, [one.uid], done)
        done.left -= 1


def _mark(box: BaseMailBox, account: MailboxAccount, uids: Sequence[str], done: _Done) -> None:
    """Mark what is kept, where that may be done: what is not marked is known all the same."""
    if uids and done.marks:
        before = len(done.faults)
        if box.client.is_readonly:
            done.faults.append(f"{account}：文件夹 {account.folder} {READ_ONLY}")
        else:
            with unless_refused(account, "标记", done.faults):
                mark_kept(box, uids)
        done.marks = len(done.faults) == before


def _came(one: Listed) -> str:
    return f" {local_minute(one.came_at)} " if one.came_at else ""


def sorted_out(
    listed: Sequence[Listed], known: Sequence[KnownMail]
) -> tuple[list[Listed], list[Listed]]:
    """Return which mails are to be taken in, and which are kept and only lack their mark.

    One whose Message-ID is known and whose size is another is looked at again: senders use one twice.
    Those that an earlier round began come last, so that one that never ends holds nobody up.
    """
    done = {(one.message_id, one.size) for one in known if one.done}
    ids = {one.message_id for one in known if one.done}
    begun = {one.message_id for one in known if not one.done}
    new, kept = [], []
    for one in listed:
        if (one.message_id, one.size) in done:
            kept += [] if one.marked else [one]
        elif not (one.marked and one.message_id in ids):
            new.append(one)
    return sorted(new, key=lambda one: one.message_id in begun), kept


def within_bounds(new: Sequence[Listed]) -> list[Listed]:
    """Return as many of ``new`` as one round takes, at least one."""
    taken: list[Listed] = []
    room = MOST_BYTES
    for one in new[:MOST_MAILS]:
        room -= min(one.size, LARGEST_MAIL)
        if room < 0 and taken:
            break
        taken.append(one)
    return taken


def _read(box: BaseMailBox, one: Listed) -> MailRead | None:
    """Return a mail taken apart; None when it is gone meanwhile."""
    if one.size <= LARGEST_MAIL:
        raw = raw_mail(box, one.uid)
        if not raw:
            return None
        if len(raw) <= LARGEST_MAIL:
            return read_mail(raw, one.message_id)
    head = raw_header(box, one.uid)
    mail = read_head(head, one.message_id, [TOO_LARGE]) if head else None
    return replace(mail, digest=f"size-{one.size}") if mail else None


def _about(mail: MailRead) -> str:
    return f"“{mail.subject[:40]}”" if mail.subject else "一封没有主题的邮件"
