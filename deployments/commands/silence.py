"""`shifan silence`: tell nobody of something for a while, with a reason and an end."""

from cyclopts import App

from deployments.say import say, say_json, say_table
from deployments.typed.values import Day, Name, Note, Number, Post

silence = App(name="silence", help="静默：有理由、有期限地暂停提醒。")


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(silence)


@silence.command
def add(scope: Name, *, until: Day, by: Post, reason: Note, campaign: Name | None = None) -> None:
    """暂停一个范围的提醒。被静默的提醒保留原因，期满后仍未完成的照常提醒；每周提醒设置人它还在生效。

    示例：

        shifan silence add W5 --until 2025-08-15 --by 创建办 --reason 等待上级文件
        shifan silence add 市司法局 --until 2025-08-01 --by 分管领导 --reason 机构合并

    Parameters
    ----------
    scope
        范围：全部、单位名、编号（W5、S2.1、S2 整个阶段）、或 W5/市司法局。
    until
        到哪一天为止（含当天）。
    by
        设置人的职务，不写姓名。
    reason
        理由。
    campaign
        哪个创建活动（简称）；只有一个时不必写。
    """
    from flows.running import clock
    from models.schema import ensure_schema
    from tasks.campaign.naming import campaign_in_words
    from tasks.notices.silences import add_silence

    now = clock.now()
    ensure_schema(now)
    number = add_silence(
        campaign, scope, author=by, reason=reason, until=until, moment=clock.moment()
    )
    of = campaign_in_words(campaign)
    say(f"{of}：第 {number} 号静默已生效，范围是{scope}，到 {until} 为止")


@silence.command(name="list")
def list_(*, all: bool = False, campaign: Name | None = None, json: bool = False) -> None:
    """列出生效中的静默：范围、设置人、理由、期限。

    示例：

        shifan silence list

    Parameters
    ----------
    all
        连已经结束的一起列出。
    campaign
        哪个创建活动（简称）；只有一个时不必写。
    json
        输出一个 JSON 对象，供其他程序读取。
    """
    from dataclasses import asdict

    from flows.running import clock
    from models.schema import ensure_schema
    from tasks.notices.silences import list_silences

    ensure_schema(clock.now())
    found = [one for one in list_silences(campaign, clock.today()) if all or one.stands]
    if json:
        say_json(
            {
                "silences": [
                    asdict(one) | {"begins": str(one.begins), "until": str(one.until)}
                    for one in found
                ]
            }
        )
        return
    say_table(
        f"静默 {len(found)} 条",
        ["编号", "范围", "设置人", "理由", "起止", "状态"],
        [
            [
                str(one.id),
                one.scope,
                one.author,
                one.reason,
                f"{one.begins} 至 {one.until}",
                "生效中" if one.stands else "已结束",
            ]
            for one in found
        ],
    )


@silence.command
def end(number: Number, *, by: Post = "操作员", campaign: Name | None = None) -> None:
    """提前结束一条静默；它压下的、仍未完成的提醒恢复。

    示例：

        shifan silence end 3 --by 创建办

    Parameters
    ----------
    number
        静默的编号，见 shifan silence list。
    by
        结束人的职务。
    campaign
        哪个创建活动（简称）；只有一个时不必写。
    """
    from flows.running import clock
    from models.schema import ensure_schema
    from tasks.campaign.naming import campaign_in_words
    from tasks.notices.silences import end_silence

    now = clock.now()
    ensure_schema(now)
    ended = end_silence(campaign, number, by=by, moment=clock.moment())
    of = campaign_in_words(campaign)
    say(f"{of}：第 {number} 号静默{'已结束' if ended else '此前已经结束'}")
