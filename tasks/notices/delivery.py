"""Deliver: gather what may go out, claim it, send it, write down the answers, raise what died."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.database import open_session
from models.decisions.codes import is_wanted, stop_useless
from models.notices.channel_health import Reply
from models.notices.office import announce_dead_letters
from models.notices.outbox import (
    LEASE,
    Claim,
    answered,
    claim,
    put_back,
    take_turn,
)
from models.notices.outcomes import (
    dead_letters_unsettled,
    mark_dead,
    settle_messages,
    still_dead,
    targets_tried,
)
from models.notices.posting import add_deliveries
from models.notices.waiting import lock_outbox
from models.rules.calendar.moment import Moment
from models.rules.notices.shares import EVERYBODY, Share
from models.settings import moment_of, settings
from notifications.channels.channels import Channels, load_channels
from notifications.channels.file import SPARE
from notifications.channels.together import is_kept
from notifications.robots.base import LONGEST_SEND
from notifications.saying.answer import Answer, Target, refused
from notifications.saying.message import Message
from tasks.decisions.making import Letter, letter_for
from tasks.notices.gathering import gather
from tasks.notices.personal import PersonalLinks
from tasks.notices.round import Delivered
from tasks.office.clock_watch import look
from tasks.publicity.incidents_late import tell_of_late_incidents

Clock = Callable[[], datetime]
# Seconds from the claim; what begins later could still be under way when the claim runs out, and be
# sent by another process too.
BEGIN_WITHIN = LEASE.total_seconds() - LONGEST_SEND - 5


def deliver(clock: Clock, share: Share = EVERYBODY) -> Delivered:
    """Send what may go out now to ``share``; return what it came to.

    May run twice or at the same time as itself: a delivery is claimed before it is sent. Killed
    between a provider's yes and our record, it is sent once more and says so. A message that every
    channel of its recipient refused goes to the spare channels, then to the next person. While the
    clock is not believed only liaisons hear, and the office that it is not.
    """
    result = Delivered()
    channels = load_channels(settings().channels)
    result.faults = channels.faults
    watch = look(clock())
    result.clock, held = watch.line, watch.held
    with open_session() as session:
        at = in_hours(session, moment_of(clock()))
        _settle(session, channels, at, result)  # what an earlier process left behind
        if not held:
            tell_of_late_incidents(session, at)
        gather(session, channels, at, result, held=held, share=share)
    for _ in range(2):  # once more for the spare channels that the first round called up
        claims = partial(claim, only_urgent=not at.in_hours, held=held, share=share)
        while _send_some(channels, clock, result, claims):
            pass
        with open_session() as session:
            _settle(session, channels, in_hours(session, moment_of(clock())), result)
            if not held:
                stop_useless(session, clock())
    return result


def foresee(now: datetime) -> Delivered:
    """Return what `deliver` would make messages of at ``now``; nothing is written or sent."""
    result = Delivered(preview=True)
    channels = load_channels(settings().channels)
    result.faults = channels.faults
    with open_session(preview=True) as session:
        at = in_hours(session, moment_of(now))
        tell_of_late_incidents(session, at)
        gather(session, channels, at, result)
    return result


def _settle(session: Session, channels: Channels, at: Moment, result: Delivered) -> None:
    lock_outbox(session)  # two at once would both send to the same spare channel
    settle_messages(session, at.today)
    dead: dict[int, list[int]] = defaultdict(list)
    for one in dead_letters_unsettled(session):
        if one.secret and not is_wanted(session, one.id, at.now):
            mark_dead(session, [one.id])  # nobody misses a code that is worthless
            continue
        tried = targets_tried(session, one.id)
        known = channels.own if one.secret else channels.targets  # a code goes to nobody else
        spare = [t for t in known(one.tag + SPARE) if t.id not in tried]
        if spare and still_dead(session, [one.id]):
            maybe_there = any(tried.values())
            add_deliveries(
                session, one.id, [(t.id, t.kind) for t in spare], at.now, repeat=maybe_there
            )
        elif not spare and mark_dead(session, [one.id]):
            result.dead += 1
            for campaign_id in one.campaigns:
                dead[campaign_id].append(one.id)
    for campaign_id, messages in dead.items():
        announce_dead_letters(session, campaign_id, messages, at)


def _send_some(
    channels: Channels,
    clock: Clock,
    result: Delivered,
    claimed: Callable[[Session, datetime], list[Claim]],
) -> bool:
    """Send what could be ``claimed``; say whether there was anything."""
    with open_session() as session:
        claims = claimed(session, clock())
    if not claims:
        return False
    links = PersonalLinks(claims)
    letters: list[tuple[Target, Message]] = []
    by_letter: dict[tuple[str, str], tuple[Claim, Letter]] = {}
    targets = {one.id: channels.target(one.target, one.tag) for one in claims}
    resting = _resting(claims, targets, channels, clock())
    for one in claims:
        target = targets[one.id]
        if target is None:
            one = replace(one, tag="")  # the file has it no more: nobody looks for it again
            said = refused("no-channel", "通道已从配置中删去")
        elif one.secret and (why := channels.why_not_own(one.tag, target)):
            said = refused("shared", f"{why}，不发验证码")
        elif one.id in resting:
            result.resting += 1
            continue
        elif letter := letter_for(one, clock()):
            if not one.secret and channels.is_personal(one.tag, target):
                letter = links.put_in(letter, one, clock())
            message = _message(one, letter)
            by_letter[target.id, message.key] = (one, letter)
            letters.append((target, message))
            continue
        else:
            said = refused("void", "验证码已失效，不再发送")
        _write([(one, said, "")], clock(), result)
    sent = channels.send_all(letters, BEGIN_WITHIN)
    # What a provider said is written down at once, whatever becomes of the next; what is only kept, together.
    for some in [list(sent)] if is_kept() else ([one] for one in sent):
        answers = []
        for target, message, answer in some:
            one, letter = by_letter.pop((target.id, message.key))
            code, text = letter.without_secrets(answer.code), letter.without_secrets(answer.text)
            answers.append((one, replace(answer, code=code, text=text), channels.bucket(target)))
        _write(answers, clock(), result)
    with open_session() as session:  # not begun while our claim still held: free for the next claim
        for one, _ in by_letter.values():
            put_back(session, one)
    return True


def _message(one: Claim, letter: Letter) -> Message:
    subject = f"【重发】{one.subject}" if one.repeat else one.subject
    key, bare = str(one.message_id), one.link
    return Message(subject, letter.body, letter.link, key, bare_link=bare, must=letter.code)


def _resting(
    claims: Sequence[Claim],
    targets: Mapping[int, Target | None],
    channels: Channels,
    now: datetime,
) -> set[int]:
    """Return which of ``claims`` must wait until their channel has rested; put them back. One transaction."""
    turns = [
        (one, bucket)
        for one in claims
        if (target := targets[one.id]) is not None
        and not (one.secret and channels.why_not_own(one.tag, target))
        and (bucket := channels.bucket(target))
    ]
    if not turns:
        return set()
    with open_session() as session:
        return {one.id for one, bucket in turns if not take_turn(session, one, bucket, now)}


def _write(answers: Sequence[tuple[Claim, Answer, str]], now: datetime, result: Delivered) -> None:
    """Write down what was answered to each claim by the robot of its bucket, in one transaction."""
    with open_session() as session:
        for one, answer, bucket in answers:
            answered(session, one, Reply(**asdict(answer)), now, bucket)
    for one, answer, _ in answers:
        result.sent += answer.delivered
        result.repeated += answer.delivered and one.repeat
        result.refused += not answer.delivered
