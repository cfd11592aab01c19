"""`shifan decision object`: a leader says that what was decided in the post's name was not the leader's word."""

from deployments.say import say
from deployments.typed.code import read_code, send_now
from deployments.typed.options import Now
from deployments.typed.values import Note, Number, Post


def object_(number: Number, *, by: Post, reason: Note, registrar: Post = "", moment: Now) -> None:
    """对以自己名义作出的决定提出异议：决定后三个工作日内，阶段回到审批，知道的人都会得到通知。

    验证码发到提出异议的岗位本人的通道，在提示后输入；没有通道的，由工作人员登记。

    示例：

        shifan decision object 3 --by 组长 --reason 不是我作的决定
        shifan decision object 3 --by 组长 --reason 不是我作的决定 --registrar 创建办

    Parameters
    ----------
    number
        审批编号，见 shifan decision list --all。
    by
        提出异议的岗位：决定以它的名义作出，或由它受委托作出。
    reason
        理由，500 字以内。
    registrar
        登记人的职务；提出异议的岗位没有自己的通道时才写。
    """
    from flows.running import clock
    from models.decisions.tries import HandedIn
    from models.errors import DecisionError
    from tasks.campaign.naming import campaign_of_decision
    from tasks.decisions.objections.case import Objecting
    from tasks.decisions.objections.objecting import begin_objection, take_objection

    said = Objecting(number, by, reason, registrar)
    words = begin_objection(said, moment)
    send_now()
    if not words:
        typed = read_code(f"发到{by.strip()}通道的验证码：")
        outcome = take_objection(said, HandedIn.at_command(typed), clock.moment())
        send_now()
        if outcome.overtaken or not outcome.done:
            raise DecisionError(outcome.line)
        words = outcome.line
    say(f"{campaign_of_decision(number)}：{words}")
