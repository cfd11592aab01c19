"""Coming in: by an account's password, or by a code that goes to a post's own channel.

Every try is counted in our tables before anything is compared: per address, and per account or post
over all addresses. After five wrong ones the next wait (`models.rules.decisions.tries`).
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.campaign.campaign import Campaign
from models.database import open_session
from models.decisions.codes import Matter, Purpose
from models.decisions.delegation import Holder
from models.decisions.typed_codes import Tried, try_code, use_code
from models.decisions.wrong_codes import (
    count_wrong,
    forget_wrong,
    keep_right,
    must_wait,
    was_right,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.tries import wait_in_words
from models.rules.window.entry import WHOLE
from models.rules.window.hashing import fits
from models.units.unit import Post
from models.window.account import account_named
from models.window.posts import posts_called
from models.window.spent import spend
from tasks.decisions.codes.codes import CodeLetter, post_code
from tasks.decisions.codes.wrong_code import NO_CODE, wrong_in_words
from tasks.decisions.sealing import sealed_once
from tasks.window.links import Refusal
from tasks.window.visitors import Visitor, new_stay, of_account, of_post

EVERYWHERE = "*"  # the source of what is counted over all addresses
BY_ADDRESS = "enter"  # the matter of what is counted by address alone
ASKED = "enter-code"
LONGEST_MATTER = 80
KNOWN_FOR = timedelta(days=90)  # an address from which somebody came in with a password
SENT = "验证码已发往{name}的通道，请在下面输入"
NO_WAY = (
    "没有向任何人发出验证码：没有叫“{name}”的岗位，或它没有只有本人能看到的通道，"
    "或今天要得太多；请用提醒里的链接，或请创建办的同事登录后办理"
)


def enter_with_password(
    name: str, password: str, address: str, moment: Moment
) -> Visitor | Refusal:
    """Return the holder of the account, or in one line why nobody comes in; an entry of the audit either way.

    Whoever came in before from this address waits for nobody's wrong passwords from elsewhere.
    """
    counted = ((BY_ADDRESS, address), (account_matter(name), _place(name, address, moment)))
    if waits := _count(counted, moment):
        return waits
    with open_session(read_only=True) as session:
        account = account_named(session, name)
        kept = account.password if account and account.locked_at is None else ""
        number = key_of(account) if account else 0
    if not fits(password, kept):
        return _refused(name, address, "账号或口令不对", moment)
    with open_session() as session:
        lock_chain(session)
        _forget(session, counted)
        keep_right(session, _known_matter(name), address, moment.now)
        found = of_account(session, number, new_stay(moment.now))
        if found is None:
            return Refusal("账号刚刚停用")
        note_entry(session, found, address, "口令", moment)
        return found


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """What to say to whoever asked for a code; ``sent`` where one goes out."""

    line: str
    sent: bool


def ask_for_code(name: str, campaign: str | None, address: str, moment: Moment) -> CodeAsked:
    """Send a code to the own channel of the post called ``name``; return what became of it.

    Of several campaigns each gets its own. Repeatable: a new code makes the one before worthless.
    """
    if waits := _count(((ASKED, address),), moment, quiet=True):
        return CodeAsked(waits.line, sent=False)
    with open_session() as session:
        lock_chain(session)
        sent = [
            full
            for post, full in posts_called(session, name, campaign)
            if _send(session, post, full, moment)
        ]
        facts = {"from": address, "sent": len(sent)}
        record(session, None, moment, NewEntry(f"来自 {address}", "window-code", name[:60], facts))
    line = SENT.format(name=sent[0]) if sent else NO_WAY.format(name=name[:40])
    return CodeAsked(line, bool(sent))


def _send(session: Session, post: Post, full: str, moment: Moment) -> bool:
    campaign = session.get_one(Campaign, post.campaign_id)
    matter = Matter(Purpose.ENTER, key_of(post))
    letter = CodeLetter(matter, Holder(post, post), "window/code", {"post": full}, urgent=True)
    return post_code(session, campaign, letter, moment)


def enter_with_code(
    name: str, campaign: str | None, code: str, address: str, moment: Moment
) -> Visitor | Refusal:
    """Return the holder of the post whose code was typed, or why nobody comes in.

    A right code is used up. Where the post is in several campaigns, the code says which is meant. Every
    try counts by its address, whatever post was named: what was never sent is refused few times too.
    """
    counted = ((BY_ADDRESS, address),)
    if waits := _count(counted, moment):
        return waits
    with open_session() as session:
        lock_chain(session)
        said = "没有可用的验证码；请先点“发验证码”"
        for post, _ in posts_called(session, name, campaign):
            matter = Matter(Purpose.ENTER, key_of(post))
            tried = try_code(session, matter, sealed_once(code), address, moment.now, key_of(post))
            if tried.code and use_code(session, matter, tried.code):
                found = of_post(session, key_of(post), new_stay(moment.now))
                if found is None:
                    break
                _forget(session, (*counted, (ASKED, address)))
                note_entry(session, found, address, "验证码", moment)
                return found
            said = wrong_in_words(tried) or NO_CODE.get(tried.result, said)
            if tried.result is Tried.WAIT:
                return Refusal(said, waits=True)
        facts = {"from": address, "why": said}
        record(
            session, None, moment, NewEntry(f"来自 {address}", "window-refused", name[:60], facts)
        )
        return Refusal(said)


def note_entry(session: Session, visitor: Visitor, address: str, way: str, moment: Moment) -> None:
    """Write into the audit who came in, by which way and from where."""
    said = NewEntry(visitor.via, "window-entered", visitor.name, {"from": address, "way": way})
    record(session, visitor.campaign_id, moment, said)


def keep_entry(visitor: Visitor, address: str, way: str, moment: Moment) -> None:
    """Write down in a transaction of its own who came in; see `note_entry`."""
    with open_session() as session:
        lock_chain(session)
        note_entry(session, visitor, address, way, moment)


def end_stay(visitor: Visitor, address: str, moment: Moment) -> None:
    """End a stay: its cookie counts no more, whoever kept a copy. Repeatable."""
    with open_session() as session:
        lock_chain(session)
        if spend(session, visitor.stay.word, visitor.stay.begun + WHOLE, moment.now):
            said = NewEntry(visitor.via, "window-left", visitor.name, {"from": address})
            record(session, visitor.campaign_id, moment, said)


def account_matter(name: str) -> str:
    """Return under what wrong passwords of an account are counted, over all addresses."""
    return f"enter:account:{name}"[:LONGEST_MATTER]


def _known_matter(name: str) -> str:
    return f"known:account:{name}"[:LONGEST_MATTER]


def _place(name: str, address: str, moment: Moment) -> str:
    """Return by which place wrong passwords for an account count: all places together but those it came in from.

    Else whoever knows a colleague's name would keep the colleague out with a wrong one an hour.
    """
    with open_session(read_only=True) as session:
        known = was_right(session, _known_matter(name), address, moment.now - KNOWN_FOR)
    return address if known else EVERYWHERE


def _count(
    counted: tuple[tuple[str, str], ...],
    moment: Moment,
    *,
    quiet: bool = False,
) -> Refusal | None:
    """Count a try beforehand; return why nothing is looked at where one of them must wait."""
    with open_session(read_only=True) as session:  # whoever waits writes nothing, however often
        wait = _longest_wait(session, counted, moment)
    if not wait:
        with open_session() as session:
            lock_chain(session)
            wait = _longest_wait(session, counted, moment)
            if not wait:
                for matter, source in counted:
                    count_wrong(session, matter, source, moment.now)
                return None
    line = f"{'索要' if quiet else '输错'}太多次，还要等 {wait_in_words(wait)}才能再试"
    return Refusal(line, waits=True)


def _longest_wait(
    session: Session, counted: tuple[tuple[str, str], ...], moment: Moment
) -> timedelta:
    return max(must_wait(session, matter, source, moment.now) for matter, source in counted)


def _refused(name: str, address: str, line: str, moment: Moment) -> Refusal:
    with open_session() as session:
        lock_chain(session)
        facts = {"from": address, "why": line}
        record(
            session, None, moment, NewEntry(f"来自 {address}", "window-refused", name[:60], facts)
        )
    return Refusal(line)


def _forget(session: Session, counted: tuple[tuple[str, str], ...]) -> None:
    for matter, source in counted:
        forget_wrong(session, matter, source)
