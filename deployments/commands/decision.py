"""`shifan decision`: questions put to leaders, their codes, answers from the command line."""

from cyclopts import App

from deployments.commands.deputies import delegate, delegations, undelegate
from deployments.say import say, say_json, say_of, say_table
from deployments.typed.code import read_code, send_now
from deployments.typed.options import AnyCampaign, Json, Now, OfCampaign
from deployments.typed.values import Day, Name, Note, Number, Post

decision = App(
    name="decision", help="审批：列出、打印验证码单、作出决定、提出异议、委托和结束委托。"
)


@decision.command(name="list")
def list_(
    *, campaign: AnyCampaign = None, all: bool = False, json: Json = False, moment: Now
) -> None:
    """列出待决定的审批。

    示例：

        shifan decision list
        shifan decision list --all

    Parameters
    ----------
    all
        已经决定和已失效的也列出。
    """
    from tasks.decisions.questions import decision_rows

    rows = decision_rows(campaign, all)
    if json:
        say_json({"decisions": rows})
    elif not rows:
        say("目前没有待决定的审批")
    else:
        say_table(
            "审批",
            ["编号", "活动", "阶段", "状态", "请谁决定", "答复期限", "结果"],
            [(r.id, r.campaign, r.stage, r.status, r.posts, r.due, r.result) for r in rows],
        )


@decision.command
def ask(stage: Number | None = None, *, by: Post, campaign: OfCampaign = None, moment: Now) -> None:
    """提请审批一个阶段（阶段推进）；已在审批中的不会重复提请。未启动的阶段，提请的是提前启动。

    示例：

        shifan decision ask 2 --by 创建办

    Parameters
    ----------
    stage
        第几阶段；默认最早的进行中的阶段。
    by
        发起人的职务，不写姓名。
    """
    from tasks.decisions.asking import ask_by_hand
    from tasks.decisions.deputies.entanglements import entanglements_of, own_request_of
    from tasks.office.clock_watch import doubt_now

    say(*(f"注意：{line}" for line in entanglements_of(campaign, moment.today)))
    number, name = ask_by_hand(campaign, stage, by, moment)
    say(*(f"注意：{line}" for line in own_request_of(number, moment.today)))
    if doubt := doubt_now(moment.now):
        say(f"注意：{doubt}")
    say_of(campaign, f"已就“{name}”提请审批（编号 {number}）")


@decision.command
def code(
    number: Number, *, by: Post, post: Name | None = None, reason: Note = "", moment: Now
) -> None:
    """打印验证码单，当面交给没有通道的领导；先前的验证码随即作废。谁转交会记入记录，并立即通知本人。

    示例：

        shifan decision code 3 --by 创建办

    Parameters
    ----------
    number
        审批编号，见 shifan decision list。
    by
        转交人的职务，不写姓名。
    post
        交给哪个岗位；只请了一个岗位时不必写。
    reason
        对方有自己的通道、仍要打印时，写明原因。
    """
    from notifications.rendering import render
    from tasks.decisions.codes.codes import print_code

    sheet = print_code(number, post, by, reason, moment)
    send_now()
    say(render("decision/sheet.txt.j2", sheet=sheet).rstrip())


@decision.command
def decide(
    number: Number,
    *,
    answer: Name,
    reason: Note = "",
    date: Day | None = None,
    to: Name = "",
    name: Name = "",
    moment: Now,
) -> None:
    """凭验证码作出决定，规则与界面上的表单相同。验证码在提示后输入，不写在命令里。

    示例：

        shifan decision decide 3 --answer 批准
        shifan decision decide 3 --answer 延期 --date 2025-09-15 --reason 等省里复核

    Parameters
    ----------
    number
        审批编号。
    answer
        批准、退回、延期、强制推进、转办。
    reason
        理由；退回、延期、强制推进必须写。
    date
        延期到哪一天。
    to
        转办给哪个岗位。
    name
        姓名，可不写。
    """
    from flows.running import clock
    from models.decisions.tries import HandedIn
    from models.errors import DecisionError
    from models.rules.decisions.answers import ANSWERS_BY_WORD, Said
    from tasks.campaign.naming import campaign_of_decision
    from tasks.decisions.answering import take_answer

    chosen = ANSWERS_BY_WORD.get(answer.strip())
    if chosen is None:
        raise DecisionError(f"没有“{answer}”这种决定，可选：{'、'.join(ANSWERS_BY_WORD)}")
    typed = read_code()
    handed = HandedIn.at_command(typed, name)
    outcome = take_answer(number, Said(chosen, reason, date, to), handed, clock.moment())
    send_now()
    if outcome.overtaken or not (outcome.done or outcome.noted):
        raise DecisionError(outcome.line)
    say(f"{campaign_of_decision(number)}：{outcome.line}")


@decision.command(name="object")
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


for word in (delegate, undelegate, delegations):
    decision.command(word)
