"""`shifan campaign parent|approval|kind|children|hand-down|assign|take-back`: city and county."""

from typing import Annotated

from cyclopts import Parameter

from deployments.commands.campaign import campaign
from deployments.say import say, say_json, say_of, say_table
from deployments.typed.options import DayToLookAt, Json, Now, OfCampaign, Slug
from deployments.typed.values import Name, Note, Post

By = Annotated[Post, Parameter(help="由谁（职务）办理。")]
Item = Annotated[Name, Parameter(help="事项或指标的编号，如 W5、1.1.1。")]
Handed = Annotated[Name, Parameter(help="上级交办的事项编号，如 H1。")]


@campaign.command
def parent(name: Slug, *, to: Name = "", of: Name = "", by: By = "操作员", moment: Now) -> None:
    """归到上级下面：市里看得到县区的进展；不写 --to 就不再有上级。只分上下两级，下级的事仍由下级决定。

    示例：

        shifan campaign parent "永昌 2025" --to "金昌 2025" --of 永昌县政府 --by 创建办

    Parameters
    ----------
    to
        上级的简称。
    of
        是上级名册里哪个单位的；发文机关在名册里的不必写。
    """
    from tasks.cascade.placing import change_parent

    say(*change_parent(name, to, of, by, moment))


@campaign.command
def approval(name: Slug, *, number: Name, by: By = "操作员", moment: Now) -> None:
    """登记批准文号：创建示范活动须经批准才能开展。

    示例：

        shifan campaign approval "金昌 2025" --number 中法办函〔2025〕6号 --by 创建办

    Parameters
    ----------
    number
        批准文件的文号。
    """
    from tasks.cascade.placing import set_approval

    say(set_approval(name, number, by, moment))


@campaign.command
def kind(name: Slug, *, to: Name, by: By = "操作员", moment: Now) -> None:
    """写明是创建活动还是工作计划；装入时认错了的用它改，简称随着改，此前发出的表格仍可装回。

    示例：

        shifan campaign kind "市公安局 2025" --to 工作计划 --by 创建办

    Parameters
    ----------
    to
        创建活动 或 工作计划。
    """
    from tasks.cascade.placing import set_kind

    say(set_kind(name, to, by, moment))


@campaign.command
def children(
    *, campaign: OfCampaign = None, today: DayToLookAt = None, json: Json = False, moment: Now
) -> None:
    """看下级：每个县区、部门到哪一步，亮灯，交办的事项办到哪里。按归入的先后排列，不排名。

    示例：

        shifan campaign children
    """
    from tasks.cascade.seeing import child_json, child_row, children_of

    found, handed = children_of(campaign, today or moment.today)
    if json:
        say_json({"children": [child_json(one) for one in found], "handed_down": handed})
        return
    if not found:
        say_of(
            campaign, "还没有下级；装入下级的方案时写 --parent，或用 shifan campaign parent 归入"
        )
        return
    head = ["简称", "性质", "单位", "阶段", "已完成", "亮灯", "交办完成"]
    say_table("下级", head, [child_row(one) for one in found])
    if handed:
        head = ["本级事项", "名称", "下级", "在下级", "单位", "时限", "下级办到"]
        rows = [
            [
                h.code,
                h.title,
                h.child,
                h.child_code,
                h.child_unit or "创建办",
                h.child_due or "未定",
                h.in_words,
            ]
            for h in handed
        ]
        say_table("交办的事项", head, rows)


@campaign.command(name="hand-down")
def hand_down(
    code: Item, *, to: Name, by: By = "创建办", campaign: OfCampaign = None, moment: Now
) -> None:
    """把一个事项或一项指标交办给下级：在下级那里成为一项，时限与本级相同；下级办完，本级看得到，本级的这一项仍由本级登记。

    示例：

        shifan campaign hand-down W5 --to "永昌 2025" --by 创建办

    Parameters
    ----------
    to
        下级的简称。
    """
    from tasks.cascade.handing import hand_item_down

    say(hand_item_down(campaign, code, to, by, moment))


@campaign.command
def assign(
    code: Handed, *, to: Name = "", by: By = "创建办", campaign: OfCampaign = None, moment: Now
) -> None:
    """把上级交办的事项交给本级的一个单位办；不写 --to 就由创建办自己办。再交办、收回都不改它。

    示例：

        shifan campaign assign H1 --to 县司法局 --by 县创建办 --campaign "永昌 2025"

    Parameters
    ----------
    to
        单位名册里的单位。
    """
    from tasks.cascade.handing import give_item

    say(give_item(campaign, code, to, by, moment))


@campaign.command(name="take-back")
def take_back(
    code: Item,
    *,
    child: Annotated[Name, Parameter(name="--from")],
    by: By = "创建办",
    reason: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """收回交办的事项：下级那里不再提醒，登记过的都留着，再交办就接着办。

    示例：

        shifan campaign take-back W5 --from "永昌 2025" --by 创建办 --reason 改由市级统一办理

    Parameters
    ----------
    child
        从哪个下级收回（简称）。
    reason
        理由。
    """
    from tasks.cascade.handing import take_item_back

    say(take_item_back(campaign, code, child, by, reason, moment))
