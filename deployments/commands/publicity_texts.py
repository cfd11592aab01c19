"""`shifan publicity check|checks|decide`: a text before it is published, and what a person says of it."""

from deployments.say import say, say_of, say_table
from deployments.typed.options import Now, OfCampaign, Registrar
from deployments.typed.values import InFile, Note, Number, OutFile


def check_text_(
    file: InFile | None = None,
    *,
    by: Registrar,
    title: Note = "",
    out: OutFile | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """核对一篇要发布的稿件：禁用、过时、缺少的用语，改了名的机构，个人信息，密级标志；能不能发由人决定。

    不写文件时从管道读入粘贴的文字。稿件本身不保存，只留指纹和提示。

    示例：

        shifan publicity check 稿件.docx --by 创建办
        shifan publicity check --title 公众号推文 --by 创建办 < 推文.txt

    Parameters
    ----------
    file
        稿件：Word、WPS、PDF、网页或文本；不写就从管道读入。
    title
        粘贴的文字叫什么。
    out
        把意见另存为 Excel 文件。
    """
    from deployments.typed.piped import piped_text
    from tasks.publicity.checking import REMARK_HEAD, check_file, check_pasted, write_remarks
    from tasks.workbook.writing import require_new_workbook

    if out:
        require_new_workbook(out)  # or the text would have been looked at for nothing
    if file:
        found = check_file(campaign, file, by, moment)
    else:
        found = check_pasted(campaign, title, piped_text(), by, moment)
    if out:
        write_remarks(found, out)
    elif found.rows:
        say_table("核稿意见", REMARK_HEAD, found.rows)
    say_of(campaign, found.line)
    if out:
        say(f"意见已写到 {out}")


def list_checks_(*, campaign: OfCampaign = None, moment: Now) -> None:
    """列出核过的稿件：有几处提示，由谁认定、怎样认定。

    示例：

        shifan publicity checks
    """
    from tasks.publicity.checking import CHECK_HEAD, checks_list

    rows = checks_list(campaign)
    if rows:
        say_table("核稿", CHECK_HEAD, rows)
    say_of(campaign, f"核过 {len(rows)} 篇稿件")


def decide_text_(
    number: Number,
    *,
    answer: Note,
    by: Registrar,
    reason: Note = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """认定一篇核过的稿件：可以发布、修改后发布、不发布；还有提示而照发的，写明理由。

    示例：

        shifan publicity decide 1 --answer 可以发布 --by 宣传组审核岗 --reason 简称已在文中说明

    Parameters
    ----------
    number
        核稿编号，见 shifan publicity checks。
    answer
        可以发布、修改后发布、不发布。
    reason
        理由。
    """
    from tasks.publicity.checking import TextDecision, decide_text

    say_of(campaign, decide_text(campaign, TextDecision(number, answer, by, reason), moment))
