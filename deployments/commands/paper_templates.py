"""`shifan papers template`: the Word templates that an office brings."""

from cyclopts import App

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import InFile, Name, OutFile, Post

template = App(name="template", help="文书模板：本单位自己的 Word 格式，里面用双花括号写名字。")


@template.command(name="set")
def set_(kind: Name, file: InFile, *, by: Post, campaign: OfCampaign = None, moment: Now) -> None:
    """把一个 Word 文件设为一种文书的模板，以后这种文书都按它写；先照现有数据试写一遍，有错不换。

    示例：

        shifan papers template set 通报 通报模板.docx --by 创建办

    Parameters
    ----------
    kind
        哪种文书：自评报告、问题清单、整改台账、督办单、通报、简报、年度报告、清单。
    file
        Word 文件（.docx），可以从 shifan papers template sample 的样本改起。
    by
        由谁（职务）设置。
    """
    from tasks.papers.templates.keeping import bring_template

    say_of(campaign, bring_template(campaign, kind, file, by, moment))


@template.command(name="list")
def list_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出设过的模板；没有列出的文书按通用格式写。

    示例：

        shifan papers template list
    """
    from tasks.papers.templates.keeping import template_rows

    rows = template_rows(campaign)
    if rows:
        say_table("文书模板", ["文书", "文件", "设置人", "设置时间"], rows)
    say_of(campaign, f"设了 {len(rows)} 种文书的模板")


@template.command
def drop(kind: Name, *, by: Post, campaign: OfCampaign = None, moment: Now) -> None:
    """不再用一种文书的模板，改回通用格式。

    示例：

        shifan papers template drop 通报 --by 创建办

    Parameters
    ----------
    kind
        哪种文书。
    by
        由谁（职务）取消。
    """
    from tasks.papers.templates.keeping import drop_template

    say_of(campaign, drop_template(campaign, kind, by, moment))


@template.command
def sample(kind: Name, *, out: OutFile, moment: Now) -> None:
    """生成一种文书的模板样本（Word）：能用的名字都在里面，改改字体和版式就能用。

    示例：

        shifan papers template sample 通报 --out 通报模板.docx

    Parameters
    ----------
    kind
        哪种文书：自评报告、问题清单、整改台账、督办单、通报、简报、年度报告、清单。
    out
        要生成的 Word 文件；已有同名文件时不会覆盖。
    """
    from tasks.papers.templates.keeping import write_sample

    say(write_sample(kind, out, moment))
