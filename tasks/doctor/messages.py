"""Whether what must be said gets to people: the channels, what waits too long, what died, what was left."""

from datetime import datetime

from models.database import open_session
from models.doctor.queues import queues
from models.errors import ChannelError
from models.notices.channel_health import health_by_target
from models.settings import settings
from notifications.channels.channels import load_channels
from tasks.doctor.diagnosis import Diagnosis, bad, to_look_at, well

NAMED = 3
MEND_CHANNELS = "照“通道”一节改好这个文件；放在别处的，把 SHIFAN_CHANNELS 指向它"


def channels_well(_now: datetime) -> Diagnosis:
    """Read the file of the channels, and what each last answered, a message's or the self-test's; nothing is sent."""
    path = settings().channels
    if path is None:
        return to_look_at("没有配置通道，提醒只显示在界面上", "照“通道”一节配置一个邮箱或群机器人")
    try:
        channels = load_channels(path)
    except ChannelError as error:
        return bad(str(error), MEND_CHANNELS)
    with open_session(read_only=True) as session:
        rows = [row for row in health_by_target(session).values() if row.tag != ""]
        known = [(target, r) for r in rows if (target := channels.target(r.target, r.tag or ""))]
        proven = sum(bool(row.last_success_at) for _, row in known)
        refused = [f"{target}：{row.code} {row.answer}" for target, row in known if row.failing]
    faults = [f"配置文件：{fault}" for fault in channels.faults] + refused
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > NAMED else ""
        return bad("；".join(faults[:NAMED]) + more, "改好以后自检一次", "shifan channels selftest")
    said = f"共 {channels.count} 个接收对象，{proven} 个真正送达过，没有拒收的"
    return (
        well(said)
        if channels.count
        else to_look_at("通道文件里一个能用的也没有", "照“通道”一节补上")
    )


def notices_go_out(now: datetime) -> Diagnosis:
    """Say how many notices may go out and have waited longer than a day."""
    with open_session(read_only=True) as session:
        found = queues(session, now)
    if not found.notices_old:
        return well(f"没有等了一天以上的；等着发的 {found.notices_waiting} 条")
    said = f"{found.notices_old} 条提醒等了一天以上还没有发出"
    return bad(said, "看通道和定时任务两项；也可以马上发一次", "shifan notices deliver")


def nothing_died(now: datetime) -> Diagnosis:
    """Say how many messages no channel took for good."""
    with open_session(read_only=True) as session:
        dead = queues(session, now).dead
    said = f"{dead} 条没有送达（死信）"
    return (
        to_look_at(said, "看对方怎么说，改好通道再发", "shifan notices dead")
        if dead
        else well("没有死信")
    )


def leases_kept(now: datetime) -> Diagnosis:
    """Say whether something was claimed to be sent or taken in, and left lying by whoever claimed it."""
    with open_session(read_only=True) as session:
        found = queues(session, now)
    left = [
        f"{n} {what}" for n, what in ((found.lapsed, "条消息"), (found.mails_lapsed, "封来信")) if n
    ]
    if not left:
        return well("没有领了不办的")
    return to_look_at(
        f"{'、'.join(left)}被领走半小时以上没有结果",
        "看定时任务一项；任务服务还在的，下一次会接着办",
    )
