"""`shifan papers`: write papers in the official layout, list their versions, compare two."""

from cyclopts import App

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Name, OutFile, Post

papers = App(name="papers", help="文书：自评报告、问题清单、整改台账、督办单、通报、清单。")
write = App(name="write", help="形成一份文书，写成 Word 文件。")
papers.command(write)


@write.command
def report(
    *,
    out: OutFile,
    to: Name = "",
    by: Post = "创建办",
    red_head: bool = False,
    number: Name = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """写自评报告：各章取自登记的数据，每个数字都有脚注，没有的标【待补】。

    示例：

        shifan papers write report --out 自评报告.docx --to 省委依法治省办

    Parameters
    ----------
    out
        写到哪个文件；同名文件会换成新的。
    to
        主送机关。
    by
        由谁（职务）形成。
    red_head
        加红头：发文机关标志、发文字号、红线。
    number
        发文字号，如 金政发〔2025〕33号。
    """
    from tasks.papers.writing import PaperOrder, write_report

    order = PaperOrder(out, by, to, red_head, number)
    written = write_report(campaign, order, moment)
    version = written.version
    state = "已形成" if version.new else "没有变化，仍是"
    say_of(
        campaign,
        f"{state}{version.name}，{version.characters:,} 字，空白 {version.blanks} 处，已写到 {out}",
    )
    say(*written.lines)


@papers.command(name="list")
def list_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出形成的文书和版次。

    示例：

        shifan papers list
    """
    from models.settings import local_minute
    from tasks.papers.listing import paper_list

    title, versions = paper_list(campaign)
    if not versions:
        say(f"{title}：还没有形成文书")
        return
    say_table(
        f"{title} 文书",
        ["文书", "字数", "空白", "形成时间", "形成人"],
        [(v.name, v.characters, v.blanks, local_minute(v.made_at), v.made_by) for v in versions],
    )
