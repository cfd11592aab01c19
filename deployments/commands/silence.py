"""`shifan silence`: tell nobody of something for a while, with a reason and an end."""

from cyclopts import App

from deployments.say import say_json, say_of, say_table
from deployments.typed.options import Json, Now, OfCampaign, Reason
from deployments.typed.values import Day, Name, Number, Post

silence = App(name="silence", help="静默：有理由、有期限地暂停提醒。")

STATES = {True: "生效中", False: "已结束"}


@silence.command
def add(
    scope: Name, *, until: Day, by: Post, reason: Reason, campaign: OfCampaign = None, moment: Now
) -> None:
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
    """
    from tasks.notices.silences import add_silence

    number = add_silence(campaign, scope, author=by, reason=reason, until=until, moment=moment)
    say_of(campaign, f"第 {number} 号静默已生效，范围是{scope}，到 {until} 为止")


@silence.command(name="list")
def list_(
    *, all: bool = False, campaign: OfCampaign = None, json: Json = False, moment: Now
) -> None:
    """列出生效中的静默：范围、设置人、理由、期限。

    示例：

        shifan silence list

    Parameters
    ----------
    all
        连已经结束的一起列出。
    """
    from tasks.notices.silences import list_silences

    found = [one for one in list_silences(campaign, moment.today) if all or one.stands]
    if json:
        say_json({"silences": found})
        return
    say_table(
        f"静默 {len(found)} 条",
        ["编号", "范围", "设置人", "理由", "起止", "状态"],
        [
            (s.id, s.scope, s.author, s.reason, f"{s.begins} 至 {s.until}", STATES[s.stands])
            for s in found
        ],
    )


@silence.command
def end(number: Number, *, by: Post = "操作员", campaign: OfCampaign = None, moment: Now) -> None:
    """提前结束一条静默；它压下的、仍未完成的提醒恢复。

    示例：

        shifan silence end 3 --by 创建办

    Parameters
    ----------
    number
        静默的编号，见 shifan silence list。
    by
        结束人的职务。
    """
    from tasks.notices.silences import end_silence

    ended = end_silence(campaign, number, by=by, moment=moment)
    say_of(campaign, f"第 {number} 号静默{'已结束' if ended else '此前已经结束'}")
