"""`shifan publicity incident`: public-opinion incidents from the finding to the end."""

from cyclopts import App

from deployments.say import say_of, say_table
from deployments.typed.options import Now, OfCampaign, Reason, Registrar
from deployments.typed.values import Address, Instant, Name, Note, Number

incident = App(name="incident", help="舆情：登记、明确责任单位、逐步登记处置；谁引发、谁负责。")


@incident.command
def add(
    title: Note,
    *,
    by: Registrar,
    unit: Name = "",
    place: Name = "",
    url: Address = "",
    at: Instant | None = None,
    major: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一件舆情，马上告诉创建办、分管领导和责任单位；重大的也告诉组长。

    示例：

        shifan publicity incident add 网帖反映执法不规范 --unit 市城管局 --place 本地论坛 --by 创建办

    Parameters
    ----------
    title
        是什么事，一句话。
    unit
        责任单位（谁引发、谁负责）；还不清楚的先不写，以后用 responsible 明确。
    place
        在哪里看到的。
    url
        网址。
    at
        什么时候发现的，如 2026-07-21T09:00；默认现在。
    major
        是否涉及重大突发事件：回应时限更短。
    """
    from tasks.publicity.incidents import SeenIncident, register_incident

    seen = SeenIncident(title, by, place, url, at, unit, major)
    say_of(campaign, register_incident(campaign, seen, moment))


@incident.command
def step(
    number: Number,
    *,
    step: Name,
    by: Registrar,
    at: Instant | None = None,
    note: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记处置到哪一步：报告、处置、回应、结束；说明是否在期限内。

    示例：

        shifan publicity incident step 1 --step 报告 --by 创建办
        shifan publicity incident step 1 --step 回应 --by 市城管局联络员 --note 已在门户网站说明情况

    Parameters
    ----------
    number
        舆情编号，见 shifan publicity incident list。
    step
        报告、处置、回应、结束；不需要公开回应就结束的，在说明里写明理由。
    at
        什么时候做的，如 2026-07-21T11:00；默认现在。
    note
        做了什么。
    """
    from tasks.publicity.incidents import TakenStep, register_step

    taken = TakenStep(number, step, by, at, note)
    say_of(campaign, register_step(campaign, taken, moment))


@incident.command(name="take-back")
def take_back_step_(
    number: Number, *, reason: Reason, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """登记错了的，撤回最近登记的一步；期限照旧，已经告诉过的人会收到更正。

    示例：

        shifan publicity incident take-back 1 --reason 还没有回应 --by 创建办

    Parameters
    ----------
    number
        舆情编号，见 shifan publicity incident list。
    """
    from tasks.publicity.incident_back import take_back_step

    say_of(campaign, take_back_step(campaign, number, by, reason, moment))


@incident.command
def responsible(
    number: Number, unit: Name, *, by: Registrar, campaign: OfCampaign = None, moment: Now
) -> None:
    """明确或更正责任单位，马上告诉它；节点随即归它。

    示例：

        shifan publicity incident responsible 1 市城管局 --by 创建办

    Parameters
    ----------
    number
        舆情编号，见 shifan publicity incident list。
    unit
        责任单位。
    """
    from tasks.publicity.incidents import name_responsible

    say_of(campaign, name_responsible(campaign, number, unit, by, moment))


@incident.command(name="list")
def list_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出舆情：到哪一步，下一步的期限，超过没有。

    示例：

        shifan publicity incident list
    """
    from tasks.publicity.incident_hours import INCIDENT_HEAD, incidents_list

    rows = incidents_list(campaign, moment)
    if rows:
        say_table("舆情", INCIDENT_HEAD, rows)
    say_of(campaign, f"登记了 {len(rows)} 件舆情")
