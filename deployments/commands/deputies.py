"""`shifan decision delegate`, `undelegate`, `delegations`: who decides for whom, and until when."""

from deployments.say import say, say_json, say_notes, say_of, say_table
from deployments.typed.code import read_code, send_now
from deployments.typed.options import AnyCampaign, Json, Now, OfCampaign, Registrar
from deployments.typed.values import Day, Name, Note

STATES = {True: "生效中", False: "未开始"}


def delegate(
    post: Name,
    *,
    to: Name,
    start: Day,
    end: Day,
    by: Registrar,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """委托：在一段时间里，一个岗位的审批由另一个岗位代为决定，验证码发给受委托的岗位。

    委托的岗位有自己的通道时，须由本人同意：同意用的验证码发到那里，在提示后输入才生效。

    示例：

        shifan decision delegate 组长 --to 分管领导 --start 2025-08-01 --end 2025-08-10 --by 组长

    Parameters
    ----------
    post
        委托的岗位。
    to
        受委托的岗位，须在联系岗位表里。
    start
        从哪一天起。
    end
        到哪一天止。
    """
    from flows.running import clock
    from models.errors import DecisionError
    from tasks.decisions.deputies.delegating import ToLend, agree
    from tasks.decisions.deputies.delegating import delegate as run_delegate

    lent = run_delegate(campaign, ToLend(post, to, start, end, by), moment)
    say_notes(lent.entangled)
    if lent.waits:
        send_now()
        typed = read_code(f"须由{lent.giver}本人同意，发到其通道的验证码：")
        outcome = agree(lent.id, typed, clock.moment())
        if not outcome.done:
            raise DecisionError(outcome.line)
    send_now()
    known = "" if lent.new else "此前已登记，"
    say_of(campaign, f"{known}{start} 至 {end}，{post}的审批由{to}代为决定")


def undelegate(
    post: Name, *, by: Registrar, reason: Note = "", campaign: OfCampaign = None, moment: Now
) -> None:
    """提前结束委托：一个岗位的审批从现在起由本人决定；受委托人手里的验证码作废，另发给本人。

    示例：

        shifan decision undelegate 组长 --by 组长 --reason 已回岗

    Parameters
    ----------
    post
        委托的岗位；它生效的和将要生效的委托都结束。
    reason
        为什么提前结束；可不写。
    """
    from tasks.decisions.deputies.delegations import undelegate as run_undelegate

    deputies = run_undelegate(campaign, post, by, reason, moment)
    send_now()
    say_of(campaign, f"{post}对{'、'.join(deputies)}的委托已结束，从现在起由{post}本人决定")


def delegations(*, campaign: AnyCampaign = None, json: Json = False, moment: Now) -> None:
    """列出生效的和将要生效的委托。

    示例：

        shifan decision delegations
    """
    from tasks.decisions.deputies.delegations import delegation_rows

    rows = delegation_rows(campaign, moment.today)
    if json:
        say_json({"delegations": rows})
    elif not rows:
        say("目前没有委托")
    else:
        say_table(
            "委托",
            ["活动", "岗位", "由谁代为决定", "从", "到", "登记人", ""],
            [(r.campaign, r.post, r.deputy, r.first, r.last, r.by, STATES[r.stands]) for r in rows],
        )
