"""`shifan papers`: write papers in the official layout, list their versions, compare two."""

from cyclopts import App

from deployments.commands.paper_templates import template
from deployments.commands.papers_annual import with_annual
from deployments.commands.papers_written import write
from deployments.say import say, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Name, Number

papers = App(
    name="papers", help="文书：自评报告、问题清单、整改台账、督办单、通报、简报、年度报告、清单。"
)
papers.command(write)
papers.command(template)
with_annual(papers, write)


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


@papers.command
def compare(
    kind: Name = "自评报告",
    *,
    subject: Name = "",
    old: Number | None = None,
    new: Number | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """比较一份文书的两版：数字、空白、文字各变了什么。

    示例：

        shifan papers compare
        shifan papers compare 督办单 --subject 市司法局 --old 1 --new 2

    Parameters
    ----------
    kind
        哪种文书：自评报告、问题清单、整改台账、督办单、通报、简报、年度报告、清单。
    subject
        督办单、清单是哪个单位的。
    old
        较早的一版；默认倒数第二版。
    new
        较晚的一版；默认最新一版。
    """
    from tasks.papers.listing import compare_versions

    title, found = compare_versions(campaign, kind, subject, (old, new))
    if not found:
        say(title)
        return
    say_table(
        title,
        ["类别", "位置", "原来", "现在"],
        [(one.kind, one.place, one.before, one.after) for one in found],
    )
