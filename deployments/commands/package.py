"""`shifan package`: the package for the application system, its limits, what was uploaded, what changed since."""

from cyclopts import App

from deployments.say import counting, say_loaded, say_notes, say_of, say_table
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import Day, InFile, Name, Note, Number, OutFile, Post

package = App(name="package", help="申报材料包：按指标归类、登记上传、回头看。")
limits = App(name="limits", help="申报系统收什么：文件类型、大小、份数，由创建办设置。")
receipts = App(name="receipts", help="上传登记：哪些材料已由谁上传到申报系统。")
package.command(limits)
package.command(receipts)


@package.command
def make(
    out: OutFile,
    *,
    by: Post,
    indicator: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """生成申报材料包：每项指标一个文件夹，附目录、指纹和缺项；只收已通过的材料。

    示例：

        shifan package make 申报材料.zip --by 创建办
        shifan package make 申报材料 --by 创建办 --indicator 1.1.3

    Parameters
    ----------
    out
        以 .zip 结尾的生成一个压缩包，否则生成一个文件夹；已经存在时不会覆盖。
    by
        由谁（职务）生成。
    indicator
        只要这一项三级指标。
    """
    from tasks.packages.making import make_package, package_in_words

    with counting("已写入材料") as told:
        made = make_package(campaign, out, by, moment, code=indicator, told=told)
    say_of(campaign, package_in_words(made))
    say_notes(made.unscaled)


@package.command
def changes(*, since: Day | None = None, campaign: OfCampaign = None, moment: Now) -> None:
    """回头看：上次生成材料包以后，哪些材料、数据、得分有变，哪些到期，哪些上传的已不是最新版。

    示例：

        shifan package changes
        shifan package changes --since 2026-03-01

    Parameters
    ----------
    since
        从哪一天起，默认从上次生成材料包起。
    """
    from tasks.packages.looking_back import changes_since

    found = changes_since(campaign, since, moment)
    say_of(campaign, found.line)
    if found.rows:
        say_table("有变化的", ["类别", "编号", "内容", "变化"], found.rows)


@limits.command(name="show")
def show(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出申报系统的限制；没有设置的不限。

    示例：

        shifan package limits show
    """
    from tasks.packages.limits import limit_rows

    rows = limit_rows(campaign)
    say_table(
        "申报系统的限制", ["类别", "文件类型", "大小", "每项指标份数", "图片长边", "设置"], rows
    )


@limits.command(name="set")
def set_(
    kind: Name,
    *,
    by: Post,
    suffixes: Note = "",
    megabytes: Number | None = None,
    most: Number | None = None,
    side: Number | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """设置申报系统对一类材料的限制，照申报系统的说明填写；不写的就是不限。

    示例：

        shifan package limits set 图片 --suffixes ".jpg .png" --megabytes 5 --side 2000 --by 创建办

    Parameters
    ----------
    kind
        类别：文件、图片、音像、网址。
    by
        由谁（职务）设置。
    suffixes
        允许的后缀名，用空格隔开。
    megabytes
        单个文件最多多少 MB。
    most
        每项指标最多几份。
    side
        图片长边最多多少像素。
    """
    from tasks.packages.limits import NewLimit, kind_named, set_limit

    meant = kind_named(kind)
    changed = set_limit(campaign, NewLimit(meant, suffixes, megabytes, most, side), by, moment)
    say_of(campaign, f"{meant.chinese}的限制{'已设置' if changed else '没有变化'}")


@receipts.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出上传登记表：要上传的每份材料一行，填好日期和上传人后装回。

    示例：

        shifan package receipts export 上传登记.xlsx
    """
    from tasks.packages.receipts import export_receipts

    count, done = export_receipts(campaign, file, moment.today)
    say_of(campaign, f"已导出 {count} 份材料（已上传 {done} 份）到 {file}")


@receipts.command
def load(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的上传登记表，可反复执行。

    示例：

        shifan package receipts load 上传登记.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。
    """
    from tasks.packages.receipts import load_receipts

    say_loaded(load_receipts(campaign, file, moment=moment))
