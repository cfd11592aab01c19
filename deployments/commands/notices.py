"""`shifan notices`: send what is due, see what was said to whom, and send again what died."""

from typing import Literal, get_args

from cyclopts import App

from deployments.commands.notice_answers import ack, ladder, why
from deployments.say import say, say_json, say_table
from deployments.typed.options import AnyCampaign, Json, Now, OfCampaign
from deployments.typed.values import Instant, Number

notices = App(name="notices", help="提醒：查看、立即发送、查原因、签收。")

State = Literal[
    "",
    "等待",
    "正在发",
    "已送达",
    "死信",
    "没有通道",
    "不必再发",
    "被静默",
    "已签收",
    "被覆盖",
    "等领导同意",
    "waiting",
    "posted",
    "sent",
    "dead",
    "unsendable",
    "dropped",
    "silenced",
    "acknowledged",
    "inhibited",
    "over-budget",
]
_KEYS = dict(zip(get_args(State)[1:11], get_args(State)[11:], strict=True))


@notices.command
def deliver(*, now: Instant | None = None, json: Json = False, moment: Now) -> None:
    """立即发送该发的提醒（平时每 5 分钟自动发送一次）。

    每个收件人每个工作日早上最多一条；休息时间只发组长级的红色预警。

    示例：

        shifan notices deliver

    Parameters
    ----------
    now
        预览这个时刻，如 2025-07-21T09:00：只说那时会发出几条，不写入，也不发送。
    """
    from flows.running import clock
    from tasks.notices.delivery import deliver as run_delivery
    from tasks.notices.delivery import foresee

    result = foresee(clock.local(now)) if now else run_delivery(clock.now)
    if json:
        say_json(result.as_json())
    else:
        say(result.in_words())


@notices.command(name="list")
def list_(
    *,
    state: State = "",
    most: Number = 50,
    campaign: OfCampaign = None,
    json: Json = False,
    moment: Now,
) -> None:
    """列出最近的提醒：哪天、发给谁、什么事、到了哪一步。

    示例：

        shifan notices list
        shifan notices list --state 死信

    Parameters
    ----------
    state
        只看一种状态：等待、正在发、已送达、死信、没有通道、不必再发、被静默、已签收、被覆盖、等领导同意；
        程序里写内部名称也可以（waiting、posted 等，与 --json 的输出一致）。
    most
        最多列多少条。
    """
    from tasks.notices.lists import cells, list_notices

    found = list_notices(campaign, _KEYS.get(state, state), most)
    if json:
        say_json({"notices": found})
        return
    head = ["日期", "发给", "事项", "提醒", "状态"]
    say_table(f"提醒 {len(found)} 条", head, [cells(one) for one in found])


@notices.command
def dead(*, campaign: OfCampaign = None, json: Json = False, moment: Now) -> None:
    """列出没有送达的消息（死信）和对方的答复。

    示例：

        shifan notices dead
    """
    from tasks.notices.lists import list_dead

    found = list_dead(campaign)
    if json:
        say_json({"dead": found})
        return
    if not found:
        say("没有死信")
    for one in found:
        say(
            f"消息 {one.message} 号，发给 {one.to}，通道 {one.channel}，试了 {one.tries} 次，"
            f"返回码 {one.code}：{one.text}"
        )


@notices.command
def retry(*, campaign: AnyCampaign = None, json: Json = False, moment: Now) -> None:
    """把死信放回去重新发送；已经收到的人不会再收一份。

    示例：

        shifan notices retry
    """
    from tasks.campaign.naming import campaign_in_words
    from tasks.notices.lists import retry_dead

    count = retry_dead(campaign, moment.now)
    if json:
        say_json({"retried": count})
    else:
        of = campaign_in_words(campaign) if campaign else "全部"
        say(f"{of}：{count} 条死信将重新发送（5 分钟内，或运行 shifan notices deliver）")


for word in (why, ack, ladder):
    notices.command(word)
