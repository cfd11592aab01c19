"""`shifan law-test bank`: the bank of questions, out as a list and back."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import FilledWorkbook, NewWorkbook, Now, OfCampaign
from deployments.typed.values import Post

bank = App(name="bank", help="题库：导出，填好后装回。")


@bank.command(name="export")
def export_bank_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出题库，一道题一行；还没有题的是一张空表。

    示例：

        shifan law-test bank export 题库.xlsx
    """
    from tasks.surveys.bank_list import export_bank

    say_of(campaign, f"已导出 {export_bank(campaign, file, moment)} 道题到 {file}")


@bank.command(name="load")
def load_bank_(
    file: FilledWorkbook, *, by: Post = "创建办", campaign: OfCampaign = None, moment: Now
) -> None:
    """装回题库，可反复执行；答案不在选项里的、重复的逐行指出，多选题只有一个答案的提醒核对。

    示例：

        shifan law-test bank load 题库.xlsx

    Parameters
    ----------
    by
        由谁（职务）装入；默认创建办。
    """
    from tasks.surveys.bank_list import load_bank

    say_loaded(load_bank(campaign, file, by.strip(), moment))
