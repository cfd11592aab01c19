"""The daily self-test of the channels: silent when all is well, a notice to the office otherwise."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.campaign.campaign import campaigns
from models.database import open_session
from models.errors import CampaignError
from models.keys import key_of
from models.notices.channel_health import (
    ChannelHealth,
    Reply,
    forget_failure,
    health_by_target,
    keep_answer,
    keep_tags,
)
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import CHANNEL_FAULT
from models.rules.words import Level
from models.settings import settings
from models.units.unit import filled_tags
from notifications.channels.channels import Channels, load_channels
from notifications.robots.base import CONNECTED
from notifications.saying.answer import Answer
from tasks.decisions.codes.code_channels import shared_channels

SHOWN = 5
FROM_TEST = "自检时："  # begins what a test, not a message, found out
PROOF_LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Every fault found, a Chinese line each, and in one line what was looked at and how far."""

    faults: list[str]
    looked_at: str


def self_test(moment: Moment) -> SelfTest:
    """Look at every channel without sending anything; the office is told of faults once a day.

    Looks at the file, at how far each provider lets us come (log in, or only connect), at what each
    channel last answered, and at posts no channel reaches; writes down whose each channel is in the file now,
    so that nobody else has to look at all of them. Without a channels file there is nothing
    to test but the mailbox of the units, where one is set.
    """
    mailbox = _mailbox_faults()
    path = settings().channels
    if path is None:
        return SelfTest(mailbox, "没有配置通道，没有可检查的")
    channels = load_channels(path)
    found, tags = channels.knock_at_all(), channels.narrowest_tags()
    with open_session() as session:
        faults = [f"配置文件：{fault}" for fault in channels.faults] + mailbox
        for id, answer in found.items():
            if answer is not None and not answer.delivered:
                faults.append(f"{channels.target(id)}：{_code(answer)}{answer.text}")
                kind, reply = (
                    _kind(channels, id),
                    Reply(False, answer.code, FROM_TEST + answer.text),
                )
                keep_answer(session, id, kind, reply, moment.now, tags.get(id, ""))
        session.flush()
        keep_tags(session, tags)
        _forget_what_is_over(session, found)
        known = health_by_target(session)
        faults += _last_refused(channels, known, found)
        for campaign in campaigns(session):
            if not campaign.is_demo:
                shared = shared_channels(session, campaign)
                faults += [line for line in shared if line not in faults]
                _tell(session, key_of(campaign), channels, faults, moment)
        return SelfTest(faults, _looked_at(found, known, moment.now))


def _mailbox_faults() -> list[str]:
    """Return why the mailbox of the units cannot be opened, where one is set."""
    if not settings().mailbox_host:
        return []
    from tasks.intake.mailbox.checking import checked_mailbox

    try:
        checked_mailbox()
    except CampaignError as fault:
        return [str(fault)]
    return []


def _code(answer: Answer) -> str:
    return f"返回码 {answer.code} " if answer.code[:1].isdigit() else ""


def _kind(channels: Channels, id: str) -> str:
    target = channels.target(id)
    return target.kind if target else ""


def _forget_what_is_over(session: Session, found: dict[str, Answer | None]) -> None:
    """Forget the failures that only a test had found, where it finds none now."""
    known = health_by_target(session)
    for id, answer in found.items():
        row = known.get(id)
        if answer and answer.delivered and row and row.answer.startswith(FROM_TEST):
            forget_failure(session, id)
    session.flush()


def _last_refused(
    channels: Channels, known: dict[str, ChannelHealth], found: dict[str, Answer | None]
) -> list[str]:
    """Return a line for each channel that refused its last message; what a test found is over or said."""
    return [
        f"{channels.target(id)}：上次发送被拒，返回码 {row.code}（{row.answer}）"
        for id in found
        if (row := known.get(id)) and row.failing and not row.answer.startswith(FROM_TEST)
    ]


def _looked_at(
    found: dict[str, Answer | None], known: dict[str, ChannelHealth], now: datetime
) -> str:
    """Say how far the test came, and for what only a message can tell how long ago one arrived."""
    count = Counter(answer.text for answer in found.values() if answer and answer.delivered)
    unseen = [id for id, answer in found.items() if answer is None or answer.text == CONNECTED]
    parts = [f"{n} 个{how}" for how, n in count.most_common()]
    if silent := sum(answer is None for answer in found.values()):
        parts.append(f"{silent} 个无法预先检查")
    since = now - PROOF_LASTS
    proven = sum(
        bool((row := known.get(id)) and row.last_success_at and row.last_success_at >= since)
        for id in unseen
    )
    if unseen:
        parts.append(
            f"要发消息才知道的 {len(unseen)} 个中，{proven} 个在最近 {PROOF_LASTS.days} 天里真正送达过"
        )
    return (
        f"共 {len(found)} 个接收对象：{'；'.join(parts)}"
        if parts
        else f"共 {len(found)} 个接收对象"
    )


def _tell(
    session: Session, campaign_id: int, channels: Channels, faults: list[str], moment: Moment
) -> None:
    without = [tag for tag in filled_tags(session, campaign_id) if not channels.has(tag)]
    said = list(faults)
    if without:
        shown = "、".join(without[:SHOWN])
        said.append(f"{len(without)} 个岗位没有通道：{shown}{'等' if len(without) > SHOWN else ''}")
    if not faults:  # a post without a channel is shown by the patrol; alone it is no news of today
        return
    words = "通道自检发现问题：" + "；".join(said[: SHOWN + 1])
    word = Word("campaign", campaign_id, CHANNEL_FAULT, moment.today.isoformat(), words)
    say_to(session, campaign_id, Level.OFFICE, word, in_hours(session, moment))
