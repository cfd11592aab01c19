"""`shifan briefing items`: what units sent for the briefing, taken in, edited in a list, taken back."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Name, Post

items = App(name="items", help="简报投稿：收下、列表、改、排次序、留到下期。")


@items.command
def add(
    file: InFile,
    *,
    unit: Name = "",
    title: Name = "",
    by: Post,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """收下一份投稿（Word 或文本文件）：第一行是标题，下面逐段是正文；原件存进证明材料库。

    示例：

        shifan briefing items add 投稿.txt --unit 市司法局 --by 市司法局联络员

    Parameters
    ----------
    file
        .docx 或 .txt 文件。
    unit
        哪个单位的；创建办自己写的不填。
    title
        标题；不写就用文件的第一行。
    by
        由谁（职务）报送。
    """
    from tasks.papers.briefings.sent import add_item

    say_of(campaign, add_item(campaign, file, (unit, title, by), moment))


@items.command
def collect(*, by: Post = "创建办", campaign: OfCampaign = None, moment: Now) -> None:
    """收下放进收件文件夹、发到收件邮箱的投稿：名称里有“简报”的 Word 和文本文件；每周成稿前也自动收。

    示例：

        shifan briefing items collect

    Parameters
    ----------
    by
        由谁（职务）收下。
    """
    from tasks.papers.briefings.sent import collect_items

    found = collect_items(campaign, by, moment)
    say_of(campaign, f"收下简报投稿 {len(found.numbers)} 份")
    say(*(f"  没有收下：{line}" for line in found.faults))


@items.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出投稿表：改标题和正文、排次序、留到下期；改好后用 load 装回。

    示例：

        shifan briefing items export 投稿表.xlsx
    """
    from tasks.papers.briefings.items_list import export_items

    count, waiting = export_items(campaign, file, moment)
    say_of(campaign, f"已导出 {count} 条投稿到 {file.name}，下一期要登的 {waiting} 条")


@items.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回改好的投稿表，可反复执行；编号空着的行是新的投稿。

    示例：

        shifan briefing items load 投稿表.xlsx --by 创建办

    Parameters
    ----------
    file
        改好的 Excel 文件。
    by
        由谁（职务）改；默认创建办。
    """
    from tasks.papers.briefings.items_list import load_items

    say_loaded(load_items(campaign, file, by, moment=moment))
