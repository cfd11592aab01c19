"""`shifan ledger`: send each unit its ledger, take ledgers back, settle where two versions disagree."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from cyclopts import App

from deployments.say import counting, say, say_of
from deployments.typed.options import Now, OfCampaign, Registrar
from deployments.typed.values import InPlace, Name, Number, OutFolder, Post
from models.errors import CampaignError
from models.rules.bounds import in_sight

if TYPE_CHECKING:
    from models.evidence.ledgers.origins import Origin

ledger = App(name="ledger", help="台账：发给各单位，收回填好的，认定两份说法不同的。")


@ledger.command
def export(
    unit: Name | None = None,
    *,
    out: OutFolder,
    by: Post = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """给每个有任务的单位生成一份台账（Excel），记下发的是第几版；内容没有变的单位仍是原来那一版。

    示例：

        shifan ledger export --out 台账
        shifan ledger export 市司法局 --out 台账

    Parameters
    ----------
    unit
        只要这一个单位的；默认全部。
    out
        放在哪个文件夹；里面已有的台账不会覆盖。
    by
        由谁（职务）发出。
    """
    from tasks.ledgers.exporting import export_ledgers

    sent = export_ledgers(campaign, out, moment, unit=unit, by=by)
    same = f"，其中 {sent.ledgers - sent.new} 份与上次发出的相同" if sent.new < sent.ledgers else ""
    say_of(campaign, f"已生成 {sent.ledgers} 份台账、共 {sent.rows} 项，放在 {out}{same}")


@ledger.command(name="import")
def import_(path: InPlace, *, campaign: OfCampaign = None, moment: Now) -> None:
    """收回填好的台账，可反复执行：好的行当即登记，有误的行标红退回，两份说法不同的并存待定。

    示例：

        shifan ledger import 台账
        shifan ledger import 市司法局-台账-第1版.xlsx
        shifan ledger import 各单位.zip

    Parameters
    ----------
    path
        一份台账，或放着台账和证明材料的文件夹、压缩包（zip、rar、7z、tar）。
    """
    from tasks.intake.importing import import_ledgers

    with counting("已查看文件") as told:
        found = import_ledgers(campaign, path, moment, told)
    for one in found.taken:
        say(
            f"{in_sight(one.name, lines=False)}：{one.reception.chinese}",
            *(f"  {line}" for line in one.lines),
        )
    say(*found.left)
    if found.copies:
        copies = "、".join(in_sight(copy, lines=False) for copy in found.copies)
        say(f"标红的退回件 {len(found.copies)} 份，放在 {found.folder}：{copies}")
    if found.nothing:
        raise CampaignError("没有一份能收下，见上面各行")


@ledger.command
def conflicts(unit: Name = "", *, campaign: OfCampaign = None, moment: Now) -> None:
    """列出两份说法不同、还没有认定的地方。

    示例：

        shifan ledger conflicts
        shifan ledger conflicts 市司法局

    Parameters
    ----------
    unit
        只看这一个单位的。
    """
    from tasks.ledgers.conflicts import list_conflicts, origins_of

    found = list_conflicts(campaign, unit)
    origins = origins_of(campaign, found)
    for one in found:
        came = one.found_at.astimezone(moment.zone).date()
        file = f"{one.file} 第 {one.version} 版" if one.version else one.file
        say(
            f"{one.id}．{one.unit} {one.code}“{one.field}”",
            f"   已登记：{one.standing or '（空）'}{_origin(origins.get(one.id), moment.zone)}",
            f"   另一份：{one.offered or '（空）'}（{file}，{came}）",
        )
    say_of(campaign, f"有 {len(found)} 处两份说法不同，待认定")


def _origin(origin: "Origin | None", zone: tzinfo) -> str:
    if origin is None:
        return ""
    day = origin.at.astimezone(zone).date()
    whence = f"{origin.file} 第 {origin.version} 版" if origin.file else f"{origin.by_post}登记"
    return f"（{whence}，{day}）"


@ledger.command
def settle(
    number: Number | None = None,
    *,
    take: Name,
    by: Registrar,
    unit: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """认定两份说法不同的以哪一份为准。

    示例：

        shifan ledger settle 3 --take 另一份 --by 创建办
        shifan ledger settle --unit 市司法局 --take 已登记 --by 创建办

    Parameters
    ----------
    number
        序号，见 shifan ledger conflicts。
    take
        以哪一份为准：已登记，或另一份。
    unit
        这个单位的各处一并认定。
    """
    from tasks.ledgers.conflicts import settle as settle_them

    count = settle_them(campaign, number, unit, take, by, moment)
    say_of(campaign, f"已认定 {count} 处，以{take}为准")
