"""`shifan progress`: register one thing, or send the lists of progress out and take them back."""

from cyclopts import App

from deployments.say import say, say_loaded, say_of
from deployments.typed.options import NewWorkbook, Now, OfCampaign
from deployments.typed.values import Day, InFile, Name, Note, Post

progress = App(name="progress", help="进展：登记一项，或导出 Excel、填好后装回。")


@progress.command(name="set")
def set_(
    code: Name,
    *,
    state: Name,
    by: Post,
    on: Day | None = None,
    note: Note = "",
    unit: Name | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """登记一项的进展。工作任务和指标连同各单位的部分一起登记；写明 --unit 时只登记该单位的部分。

    示例：

        shifan progress set W6 --state 已完成 --on 2025-07-18 --by 市政府办公室联络员 --note 已报市政府
        shifan progress set W6 --unit 市司法局 --state 进行中 --by 市司法局联络员

    Parameters
    ----------
    code
        编号：W5（第5项工作任务）、S2.1（第2阶段第1步）、指标编号；全部编号见 shifan progress export。
    state
        状态：未开始、进行中、已完成、不适用。
    by
        登记人的职务，不写姓名。
    on
        完成日期；默认今天。
    note
        说明；不适用时必须写明理由。
    unit
        只登记这个单位的部分。
    """
    from models.campaign.progress import Report
    from models.rules.progress import state_named
    from models.rules.words import Progress
    from tasks.campaign.naming import item_in_words
    from tasks.lists.progress import set_progress

    report = Report(code, Progress.OPEN, by, unit=unit, done_on=on, note=note)
    changes = set_progress(campaign, report, state, moment=moment)
    item = item_in_words(campaign, f"{code}/{unit}" if unit else code)
    meant = state_named(state) or Progress.OPEN
    say(f"{item}：{meant.chinese}，{changes} 处变更")


@progress.command
def export(
    file: NewWorkbook, *, unit: Name | None = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出进展登记表：一张节点表，一张各单位的责任分解表；填好后用 load 装回。

    示例：

        shifan progress export 进展.xlsx
        shifan progress export 市司法局.xlsx --unit 市司法局

    Parameters
    ----------
    unit
        只导出一个单位的部分，用来发给该单位。
    """
    from tasks.lists.progress import export_progress

    milestones, parts = export_progress(campaign, file, unit, moment.today)
    say_of(campaign, f"已导出 {milestones} 个节点、{parts} 条责任分解到 {file}")


@progress.command
def load(file: InFile, *, by: Post = "", campaign: OfCampaign = None, moment: Now) -> None:
    """装回填好的进展登记表，可反复执行：只登记有变化的行，每处变化都留痕。

    示例：

        shifan progress load 市司法局.xlsx --by 市司法局联络员

    Parameters
    ----------
    file
        填好的 Excel 文件，可以只含其中一张表。
    by
        没有填登记人的行记在哪个职务名下；默认为本单位联络员，没有单位的为创建办。
    """
    from tasks.lists.progress import load_progress

    say_loaded(load_progress(campaign, file, moment=moment, by=by))
