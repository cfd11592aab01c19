"""`shifan law-test`: the bank of questions, tests with their papers, answers and results."""

import secrets

from cyclopts import App

from deployments.commands.law_bank import bank
from deployments.commands.law_lists import answers, candidates
from deployments.commands.law_rules import rules, settings_
from deployments.say import say_folded, say_of, say_table
from deployments.typed.options import (
    Conclusion,
    DrillCode,
    Now,
    OfCampaign,
    Reason,
    Registrar,
    WhichTest,
)
from deployments.typed.values import Day, Name, Number, OutFile, OutFolder, Post

law_test = App(name="law-test", help="法律知识测试：题库、组卷、考生人数、答卷、结果、补考。")
for _app in (bank, rules, candidates, answers):
    law_test.command(_app)
law_test.command(settings_, name="settings")


@law_test.command
def new(
    *, on: Day, by: Post, seed: Name | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """安排一次测试：按现在的规定和组卷方案，抽题种子先写入记录链，以后的试卷都由它抽出。

    示例：

        shifan law-test new --on 2026-06-01 --by 创建办

    Parameters
    ----------
    on
        测试日期。
    by
        由谁（职务）安排。
    seed
        抽题种子，如现场摇号的号码；不写就随机产生。
    """
    from models.surveys.law_making import NewLawTest
    from tasks.surveys.law_testing import make_test

    wanted = NewLawTest(on, seed or secrets.token_hex(8), by.strip())
    say_of(campaign, make_test(campaign, wanted, moment))


@law_test.command
def repeat(
    *,
    on: Day,
    by: Post,
    number: Number | None = None,
    seed: Name | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """安排补考：没有通过和没有参加的，沿用原考号，用另一套题；一次测试只补考一次。

    示例：

        shifan law-test repeat --on 2026-06-15 --by 创建办

    Parameters
    ----------
    on
        补考日期。
    by
        由谁（职务）安排。
    number
        补考第几次测试；默认最近一次。
    seed
        抽题种子；不写就随机产生。
    """
    from models.surveys.law_making import NewLawTest
    from tasks.surveys.law_testing import make_repeat

    wanted = NewLawTest(on, seed or secrets.token_hex(8), by.strip())
    say_of(campaign, make_repeat(campaign, number, wanted, moment))


@law_test.command
def move(
    *,
    on: Day,
    by: Registrar,
    reason: Reason,
    number: WhichTest = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """改测试日期，节点跟着改；已有成绩的不能再改。

    示例：

        shifan law-test move --on 2026-06-08 --by 创建办 --reason 与全市会议冲突

    Parameters
    ----------
    on
        改到哪一天。
    """
    from tasks.surveys.law_testing import move_test

    say_of(campaign, move_test(campaign, number, on, (by, reason), moment))


@law_test.command
def drop(
    *,
    by: Registrar,
    reason: Reason,
    number: WhichTest = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """取消一次不考了的测试，节点一并撤销；已有成绩的不能取消，登记过的都留着。

    示例：

        shifan law-test drop --number 2 --by 创建办 --reason 安排重了
    """
    from tasks.surveys.law_testing import cancel_test

    say_of(campaign, cancel_test(campaign, number, (by, reason), moment))


@law_test.command
def papers(
    folder: OutFolder,
    *,
    by: Post,
    number: WhichTest = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """组卷并打印：每类人员各卷的试卷和答题卡写到一个文件夹（Word），不含答案；再打印还是同一套。

    示例：

        shifan law-test papers 试卷 --by 创建办

    Parameters
    ----------
    folder
        写到哪个文件夹。
    by
        由谁（职务）组卷。
    """
    from tasks.surveys.law_printing import print_papers

    say_of(campaign, print_papers(campaign, number, folder, by.strip(), moment))


@law_test.command
def key(
    out: OutFile,
    *,
    by: Post,
    number: WhichTest = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """打印答案，只供创建办阅卷；谁在什么时候打印，写入记录链。

    示例：

        shifan law-test key 答案.docx --by 创建办

    Parameters
    ----------
    out
        要生成的 Word 文件；已有同名文件时不会覆盖。
    by
        由谁（职务）打印。
    """
    from tasks.surveys.law_printing import print_key

    say_of(campaign, print_key(campaign, number, out, by.strip(), moment))


@law_test.command
def show(
    *,
    number: WhichTest = None,
    out: OutFile | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """看结果：各单位应考、参考、通过多少，谁还没有参加；按单位固定次序，不排名。

    示例：

        shifan law-test show
        shifan law-test show --out 测试结果.xlsx

    Parameters
    ----------
    out
        同时写成 Excel 文件。
    """
    from tasks.surveys.law_testing import (
        LAW_HEAD,
        law_results,
        outcome_in_words,
        result_cells,
        write_law_results,
    )

    found = write_law_results(campaign, number, out) if out else law_results(campaign, number)
    if found.lines:
        say_table("", LAW_HEAD, [result_cells(one) for one in (*found.lines, found.total)])
    if found.total.absent:
        say_folded(f"还没有参加的考号：{'、'.join(found.total.absent)}")
    say_of(campaign, outcome_in_words(found))


@law_test.command
def hand_in(
    drill: DrillCode,
    *,
    by: Post,
    number: WhichTest = None,
    conclusion: Conclusion = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把测试的通过率报进一次模拟评估，成为它的工作底稿；由别人复核后才计分。

    示例：

        shifan law-test hand-in M1 --by 评估测评组

    Parameters
    ----------
    by
        由谁（职务）编制。
    """
    from tasks.surveys.handing_in import HandIn, hand_in_law_test

    into = HandIn(drill, by.strip(), conclusion)
    say_of(campaign, hand_in_law_test(campaign, number, into, moment))
