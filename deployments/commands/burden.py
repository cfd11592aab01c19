"""`shifan burden`: how often each unit was asked this week; no ranking."""

from cyclopts import App

from deployments.say import say, say_json, say_table
from deployments.typed.code import send_now
from deployments.typed.options import Json, Now, OfCampaign
from deployments.typed.values import Day, Name, Note, Post

burden = App(name="burden", help="负担账：各单位本周被提醒的次数（按方案顺序，不排名）。")


@burden.default
def show(
    *, week: Day | None = None, campaign: OfCampaign = None, json: Json = False, moment: Now
) -> None:
    """看负担账：各单位一周内收到几次提醒、共几件事；超出方案规定次数的等领导同意。

    示例：

        shifan burden
        shifan burden --week 2025-07-21 --json

    Parameters
    ----------
    week
        哪一周（写其中任何一天）；默认本周。
    """
    from tasks.notices.burden import burden as read
    from tasks.notices.burden import burden_json

    day = week or moment.today
    rows, budget = read(campaign, day)
    if json:
        say_json(burden_json(rows, budget, day))
        return
    limit = f"方案规定每单位每周不超过 {budget} 次" if budget else "方案没有规定次数"
    say_table(
        f"负担账（{day} 所在的一周；{limit}）",
        ["单位", "次数", "事项", "等待同意", "同意人"],
        [(r.unit, r.asks, r.items, r.waiting, r.allowed_by) for r in rows],
    )


@burden.command
def allow(
    unit: Name, *, by: Post, reason: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """登记领导同意：本周对一个单位的提醒可以超过方案规定的次数。

    示例：

        shifan burden allow 市司法局 --by 分管领导 --reason 迎接评估

    Parameters
    ----------
    unit
        单位名。
    by
        同意的领导职务。
    reason
        理由，可不写。
    """
    from tasks.campaign.naming import campaign_in_words
    from tasks.notices.burden import allow as allow_more

    freed = allow_more(campaign, unit, by=by, reason=reason, moment=moment)
    send_now()
    of = campaign_in_words(campaign)
    say(f"{of} · {unit}：本周不再限次，{freed} 条等待的提醒可以发出")
