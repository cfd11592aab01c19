"""`shifan publicity venues|items|words`: lists of publicity out and back."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign, Registrar
from deployments.typed.values import (
    Address,
    Codes,
    Day,
    InFile,
    Name,
    Note,
    Post,
)

venues = App(name="venues", help="宣传场所：哪个单位在哪里宣传、做了什么；导出、装回。")
items = App(name="items", help="宣传登记：什么时候在哪里发布了什么；登记、导出、装回。")
words = App(name="words", help="用语清单：禁用、过时、必备的用语；导出、装回。")


@venues.command(name="export")
def export_venues_(
    file: NewWorkbook, *, unit: Name | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出宣传场所表，一行一个单位的一个场所，方案里写的都在；填好后用 load 装回。

    示例：

        shifan publicity venues export 宣传场所.xlsx

    Parameters
    ----------
    unit
        只导出一个单位的，用来发给该单位。
    """
    from tasks.publicity.venues_list import export_venues

    count = export_venues(campaign, file, unit, moment)
    say_of(campaign, f"已导出 {count} 个宣传场所到 {file}")


@venues.command(name="load")
def load_venues_(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回宣传场所表，可反复执行；一项措施的场所都完成了，这项措施即登记完成。

    示例：

        shifan publicity venues load 宣传场所.xlsx --by 创建办

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）登记；默认创建办。
    """
    from tasks.publicity.venues_list import load_venues

    say_loaded(load_venues(campaign, file, by, moment=moment))


@items.command
def add(
    title: Note,
    *,
    channel: Name,
    by: Registrar,
    on: Day | None = None,
    unit: Name = "",
    url: Address = "",
    file: InFile | None = None,
    item: Codes = "",
    note: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一件发布了的宣传；写明 --item 的同时报为证明材料，网址和别的材料一样定期复核。

    示例：

        shifan publicity items add 法治宣传月启动 --channel 门户网站 --on 2026-05-11 --by 创建办
        shifan publicity items add 培训报道 --channel 报纸 --url https://www.example.gov.cn/1.html --item W5 --by 创建办

    Parameters
    ----------
    title
        标题。
    channel
        渠道：报纸、广播电视、门户网站、微信公众号、短视频、宣传栏、电子显示屏等。
    on
        发布日期；默认今天。
    unit
        哪个单位的；不写是创建办的。
    url
        网址。
    file
        图片或文件；没有不算缺。
    item
        证明哪一项：W5、1.1.3#2；不作证明材料的不写。
    note
        说明。
    """
    from tasks.publicity.items_list import Published, register_published
    from tasks.workbook.cells import as_names

    said = Published(title, channel, on, unit, url, note, tuple(as_names(item)), file, by)
    say_of(campaign, register_published(campaign, said, moment))


@items.command(name="export")
def export_items_(
    file: NewWorkbook,
    *,
    since: Day | None = None,
    until: Day | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """导出宣传登记表；可以在下面的空行里补记，再用 load 装回。

    示例：

        shifan publicity items export 宣传登记.xlsx

    Parameters
    ----------
    since
        从哪天起发布的。
    until
        到哪天为止发布的。
    """
    from tasks.publicity.items_list import export_published

    count = export_published(campaign, file, moment, since, until)
    say_of(campaign, f"已导出 {count} 件到 {file}")


@items.command(name="load")
def load_items_(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回宣传登记表，可反复执行。

    示例：

        shifan publicity items load 宣传登记.xlsx --by 创建办

    Parameters
    ----------
    file
        填好的 Excel 文件。
    by
        由谁（职务）登记；默认创建办。
    """
    from tasks.publicity.items_list import load_published

    say_loaded(load_published(campaign, file, by, moment=moment))


@words.command(name="export")
def export_words_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出用语清单；还没有清单的，先给出 2018 年机构改革改名的机构作样例，核对后装回才起作用。

    示例：

        shifan publicity words export 用语.xlsx
    """
    from tasks.publicity.wordings_list import export_wordings

    count, sample = export_wordings(campaign, file, moment)
    about = "，是样例，请核对、增补后装回" if sample else ""
    say_of(campaign, f"已导出 {count} 条用语到 {file}{about}")


@words.command(name="load")
def load_words_(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回用语清单，可反复执行；清单里没有了的不再使用。

    示例：

        shifan publicity words load 用语.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。
    """
    from tasks.publicity.wordings_list import load_wordings

    say_loaded(load_wordings(campaign, file, moment=moment))
