"""`shifan law-test rules`, `settings`: what papers are made of, and how tests are held."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import FilledWorkbook, NewWorkbook, Now, OfCampaign
from deployments.typed.values import Name, Number, Post

rules = App(name="rules", help="组卷方案：各类人员的试卷每种题型、科目出几道，每道几分。")


@rules.command(name="export")
def export_parts_(file: NewWorkbook, *, campaign: OfCampaign = None, moment: Now) -> None:
    """导出组卷方案；没有设置过的，是常用的一份（单选 20、多选 10、判断 15，满分 100）。

    示例：

        shifan law-test rules export 组卷方案.xlsx
    """
    from tasks.surveys.law_rules_list import export_parts

    say_of(campaign, f"已导出 {export_parts(campaign, file, moment)} 行到 {file}")


@rules.command(name="load")
def load_parts_(
    file: FilledWorkbook, *, by: Post = "创建办", campaign: OfCampaign = None, moment: Now
) -> None:
    """装回组卷方案，以表里的为准，可反复执行；已经安排的测试不变。

    示例：

        shifan law-test rules load 组卷方案.xlsx

    Parameters
    ----------
    by
        由谁（职务）装入；默认创建办。
    """
    from tasks.surveys.law_rules_list import load_parts

    say_loaded(load_parts(campaign, file, by.strip(), moment))


def settings_(
    *,
    minutes: Number | None = None,
    pass_mark: Number | None = None,
    multiple: Name = "",
    repeats: Name = "",
    versions: Number | None = None,
    by: Post = "创建办",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """设置怎样考：时间、及格线、多选题怎样给分、补不补考、同场分几卷；什么都不写就只看。

    示例：

        shifan law-test settings
        shifan law-test settings --minutes 90 --multiple 少选得一半 --repeats 1

    Parameters
    ----------
    minutes
        考试时间（分钟）。
    pass_mark
        及格线，按百分计，默认 60。
    multiple
        多选题：全对才得分（默认），或 少选得一半。
    repeats
        补考次数：0 或 1。
    versions
        同一场分几卷（1 到 4），题目相同，次序不同；默认 2。
    by
        由谁（职务）设置；默认创建办。
    """
    from tasks.surveys.law_rules_list import law_rules_in_words, set_law_rules, settings_typed

    given = settings_typed((minutes, pass_mark, versions), multiple, repeats)
    if given is None:
        say_of(campaign, law_rules_in_words(campaign))
        return
    say_of(campaign, f"已设置：{set_law_rules(campaign, given, by.strip(), moment)}")
