"""`shifan posts`: the list of posts, out as a workbook and back."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.code import send_now
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import InFile, Name, OutFile, Post

posts = App(name="posts", help="联系岗位和渠道标签：导出 Excel，填好后装回。")


@posts.command
def export(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出联系岗位表：单位、层级、职务、渠道标签、是否空缺；不含姓名。

    示例：

        shifan posts export 联系岗位.xlsx
    """
    from tasks.lists.posts import export_posts

    count = export_posts(campaign, file, moment.today)
    say_of(campaign, f"已导出 {count} 个岗位到 {file}")


@posts.command
def load(file: InFile, *, campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的联系岗位表，可反复执行。表里删去的岗位会删除；发过提醒的只标为空缺。

    示例：

        shifan posts load 联系岗位.xlsx

    Parameters
    ----------
    file
        填好的 Excel 文件。
    """
    from tasks.lists.posts import load_posts

    loaded = load_posts(campaign, file, moment=moment)
    send_now()
    say_loaded(loaded)


@posts.command
def handover(
    unit: Name,
    *,
    tag: Name,
    by: Post,
    out: OutFile,
    post: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """联络员换人：提醒改发到新的渠道，没有发出的一并改发，给新任联络员打印一份交接单。

    示例：

        shifan posts handover 市司法局 --tag 市司法局新联络员 --by 创建办 --out 交接单.docx

    Parameters
    ----------
    unit
        哪个单位。
    tag
        新联络员的渠道标签，与渠道配置文件里的一致。
    by
        由谁（职务）办理。
    out
        交接单写到哪个 .docx 文件；同名文件会换成新的。
    post
        单位有几个联络员岗位时，写明职务。
    """
    from tasks.packages.handing_over import NewLiaison, change_liaison

    line = change_liaison(campaign, NewLiaison(unit, tag, by, post), out, moment)
    send_now()
    say_of(campaign, line)
