"""The daily self-test of the channels: silent when all is well, a notice to the office otherwise."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.announcing import CHANNEL_FAULT, say_to
from models.campaign import campaigns
from models.channel_health import health_by_target, keep_answer
from models.database import open_session
from models.holiday import work_calendar
from models.rules.hours import may_go_at
from models.rules.words import Level
from models.settings import settings
from models.unit import Post
from notifications.channels import Channels, load_channels

SHOWN = 5


def self_test(now: datetime, today: date) -> list[str]:
    """Return every fault of the channels, one Chinese line each; the office is told once a day.

    Looks at the file, at what each channel last answered, at whether its server takes a connection,
    and at posts no channel reaches. Sends nothing itself. Without a channels file there is nothing
    to test.
    """
    path = settings().channels
    if path is None:
        return []
    channels = load_channels(path)
    knocks = {
        target.id: (target, answer)
        for tag in channels.tags
        for target in channels.targets(tag)
        if (answer := channels.knock(target)) is not None
    }
    with open_session() as session:
        faults = [f"配置文件:{fault}" for fault in channels.faults]
        for target, answer in knocks.values():
            if not answer.delivered:
                faults.append(f"{target}:{answer.text}")
                keep_answer(
                    session,
                    target.id,
                    target.kind,
                    now=now,
                    delivered=False,
                    code=answer.code,
                    answer=answer.text,
                )
        reachable = {id for id, (_, answer) in knocks.items() if answer.delivered}
        faults += _last_refused(session, channels, reachable)
        for campaign in campaigns(session):
            if not campaign.is_demo:
                _tell(session, campaign.id or 0, channels, faults, now, today)
    return faults


def _last_refused(session: Session, channels: Channels, reachable: set[str]) -> list[str]:
    known = health_by_target(session)
    faults = []
    for id in dict.fromkeys(t.id for tag in channels.tags for t in channels.targets(tag)):
        row = known.get(id)
        silent_door = row is not None and row.code == "no-connection" and id in reachable
        if row and row.failing and not silent_door and row.code != "no-connection":
            faults.append(f"{channels.target(id)}:上次被拒,返回码 {row.code}({row.answer})")
    return faults


def _tell(
    session: Session,
    campaign_id: int,
    channels: Channels,
    faults: list[str],
    now: datetime,
    today: date,
) -> None:
    query = select(Post.tag).where(Post.campaign_id == campaign_id, col(Post.vacant).is_(False))
    without = [tag for tag in dict.fromkeys(session.exec(query)) if not channels.has(tag)]
    said = list(faults)
    if without:
        shown = "、".join(without[:SHOWN])
        said.append(f"{len(without)} 个岗位没有通道:{shown}{'等' if len(without) > SHOWN else ''}")
    if not faults:  # a post without a channel is shown by the patrol; alone it is no news of today
        return
    local = now.astimezone(ZoneInfo(settings().time_zone))
    say_to(
        session,
        campaign_id,
        Level.OFFICE,
        CHANNEL_FAULT,
        "通道自检发现问题:" + ";".join(said[: SHOWN + 1]),
        kind="campaign",
        subject=campaign_id,
        occurrence=today.isoformat(),
        today=today,
        now=now,
        hold_until=may_go_at(local, work_calendar(session)),
    )
