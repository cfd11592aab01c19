"""`shifan groups`: the leading group, its office and working groups, who sits where, their documents."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from deployments.say import say_folded, say_json, say_of, say_table
from deployments.typed.options import Json, Now, OfCampaign
from deployments.typed.values import Day, Name, Note, Post

if TYPE_CHECKING:
    from models.groups.listing import GroupLine

groups = App(
    name="groups", help="领导小组、办公室和工作组：名单、职责、方案文件；只写职务，不写姓名。"
)
By = Annotated[Post, Parameter(help="由谁（职务）办理。")]
From = Annotated[Day | None, Parameter(help="从哪一天起；默认今天。")]
Why = Annotated[Note, Parameter(help="理由，可不写。")]


@groups.command
def show(
    group: Name = "",
    *,
    on: Day | None = None,
    duties: bool = False,
    json: Json = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """看名单：每个组有谁，从哪天起；--on 看以前（或以后）某一天是谁。

    示例：

        shifan groups show
        shifan groups show 督导组 --on 2026-04-01 --duties

    Parameters
    ----------
    group
        只看一个组；默认全部。
    on
        哪一天的名单；默认今天。
    duties
        连同主要职责。
    """
    from tasks.groups.showing import gaps_in_words, groups_shown, no_groups_in_words

    found = groups_shown(campaign, on or moment.today, group)
    if json:
        say_json({"day": on or moment.today, "groups": found})
        return
    if not found:
        say_of(campaign, no_groups_in_words(campaign))
        return
    for one in found:
        _show(one, duties=duties)
    say_folded(*gaps_in_words(found))


def _show(group: "GroupLine", *, duties: bool) -> None:
    from tasks.groups.showing import seat_rows

    above = f"（{group.parent}下设）" if group.parent else ""
    say_table(
        f"G{group.number} {group.name}{above}",
        ["席位", "职务或单位", "自", "联系岗位"],
        seat_rows(group),
    )
    if duties:
        say_folded(*(f"  {n}. {text}" for n, text in enumerate(group.duties, 1)))


@groups.command
def seat(
    group: Name,
    who: Name,
    *,
    role: Name,
    instead: Name = "",
    on: From = None,
    by: By = "创建办",
    reason: Why = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """增补或更换：从某一天起由谁担任；以前是谁仍可查。组长、联络员、设在单位只有一个，换人即接替。

    示例：

        shifan groups seat 督导组 区委依法治区办副主任 --role 联络员 --by 创建办

    Parameters
    ----------
    group
        哪个组，如 领导小组、办公室、督导组。
    who
        职务（不写姓名），或名册里的单位。
    role
        组长（主任）、常务副组长、副组长、成员、联络员、牵头单位、设在单位。
    instead
        接替谁（原来的职务或单位）；不写就是增补。
    """
    from tasks.groups.changing import SeatChange, change_seat

    change = SeatChange(group, role, who, on, instead, by, reason)
    say_of(campaign, change_seat(campaign, change, moment))


@groups.command
def leave(
    group: Name,
    who: Name,
    *,
    role: Name = "",
    on: From = None,
    by: By = "创建办",
    reason: Why = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """退出：从某一天起不再担任，席位空着；以前是谁仍可查。

    示例：

        shifan groups leave 督导组 区司法局干部 --by 创建办 --reason 工作调整

    Parameters
    ----------
    group
        哪个组。
    who
        哪个职务或单位。
    role
        同一职务有几个席位时写明是哪个。
    """
    from tasks.groups.changing import SeatChange, end_seat

    change = SeatChange(group, role, who, on, "", by, reason)
    say_of(campaign, end_seat(campaign, change, moment))


@groups.command
def documents(*, json: Json = False, campaign: OfCampaign = None, moment: Now) -> None:
    """看职责里写明要制定的方案文件：谁负责、什么时候要、交了没有；拿不准的列出来问。

    示例：

        shifan groups documents
    """
    from tasks.groups.showing import documents_in_words, documents_shown

    lines = documents_shown(campaign)
    if json:
        say_json({"documents": lines})
        return
    if not lines:
        say_of(campaign, "各组的职责里没有写明要制定的方案文件")
        return
    say_table(
        "职责里的方案文件",
        ["编号", "文件", "组", "负责", "时限", "状态"],
        [
            [
                one.code,
                one.title,
                one.group,
                one.owner or "创建办",
                one.due or "未定",
                one.in_words,
            ]
            for one in lines
        ],
    )
    say_folded(*documents_in_words(lines))


@groups.command
def document(
    code: Name,
    *,
    due: Day | None = None,
    owner: Name = "",
    none: bool = False,
    by: By = "创建办",
    reason: Why = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """定下一份方案文件的时限、负责单位，或说明它不是要交的文件。

    交来的文件用 shifan evidence add 文件 --item G2.1 报送，报到即算完成；另外登记的用 shifan progress set G2.1。

    示例：

        shifan groups document G2.1 --due 2026-04-10 --owner 区司法局 --by 创建办

    Parameters
    ----------
    code
        编号，见 shifan groups documents。
    due
        什么时候要。
    owner
        哪个单位负责。
    none
        不是要交的文件；要写 --reason。
    """
    from tasks.groups.changing import DocumentSaid, say_of_document

    said = DocumentSaid(code, due, owner, none, by, reason)
    say_of(campaign, say_of_document(campaign, said, moment))
