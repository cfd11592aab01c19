"""`shifan plan compare`, `shifan plan merge`: what a later paper changes in a plan, and a table put into it."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from deployments.say import say, say_aside, say_json
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Codes, OutFile, Source
from models.errors import CampaignError
from models.rules.typed_words import as_typed


def compare(
    earlier: Source,
    later: Source | None = None,
    *,
    same: Codes = "",
    review: OutFile | None = None,
    as_json: Annotated[bool, Parameter(name="--json")] = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """比较两份方案，逐条说明后一份改了什么：阶段、任务、单位、时限、目标、职责、机构。只看，不写入。

    只写一个文件的，与已装入的方案比较。任务按编号和词句对上号，换了序号、改了词句的仍是同一项；拿不准的写明“请核对”，
    对错了的用 --same 写明。

    示例：

        shifan plan compare 修订稿.docx
        shifan plan compare 征求意见稿.docx 实施方案.docx

    Parameters
    ----------
    earlier
        前一份：方案文件、审核表、公文，或自带方案包的名字；只写这一个时，它是后一份，与已装入的比较。
    later
        后一份。
    same
        哪一项是哪一项：7=W5 是后一份的第 7 项就是原来的 W5，9=新 是第 9 项为新任务；几项用顿号隔开。
    review
        另写一份审核表（.xlsx）：后一份方案，每处不同列为疑点，改好后用 shifan plan load 装入。
    as_json
        输出一个 JSON 对象，供其他程序读取。
    """
    from tasks.plans.changing import compare_plans, write_compared

    found = compare_plans(earlier, later, campaign, same, say_aside)
    if review:
        write_compared(found, Path(later or earlier), review)
    if as_json:
        say_json(
            {"old": found.old, "new": found.new, "notes": found.notes, "changes": found.changes}
        )
    else:
        say(*found.lines(), *([f"已写入 {review}"] if review else []))


def merge(
    table: Source,
    *,
    take: Codes = "",
    fill_only: bool = False,
    review: OutFile | None = None,
    yes: bool = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把责任分解表并进已装入的方案：补上空着的，添上没有的，不一样的列出来。

    按编号、词句和单位对上号。方案里没有写的单位、时限、目标按表补上；表里有、方案里没有的任务排在最后，标“请核对”；
    两边都写了又不一样的只列出来，不改，要按表里的改用 --take 写明。先列出来给人看，加 --yes 才写入；表里没有的任务照旧。

    示例：

        shifan plan merge 责任分解表.docx
        shifan plan merge 责任分解表.xlsx --take W5、W8 --yes

    Parameters
    ----------
    table
        责任分解表：公文（.docx .pdf 等）、Excel 表（.xlsx）、方案文件或审核表。
    take
        不一样的，这些任务按表里的改：W5、W8，或写“全部”。
    fill_only
        只补空着的，不添任务。
    review
        另写一份审核表（.xlsx）：并好的方案，不一样的列为疑点，改好后用 shifan plan load 装入。
    yes
        已核对，写入。
    """
    from tasks.plans.loading import load_plan, sound
    from tasks.plans.merging import merge_table, write_merged

    seen = merge_table(table, campaign, take, adds=not fill_only, tell=say_aside)
    say(*seen.lines())
    if review:
        write_merged(seen, Path(table), review)
        say(f"已写入 {review}")
    if not seen.changes:
        return
    if not yes and review:
        return
    options = [*(("--take", take) if take else ()), *["--fill-only"] * fill_only]
    options += ["--campaign", campaign] if campaign else []
    if not yes:
        again = as_typed("shifan", "plan", "merge", table, *options, "--yes")
        raise CampaignError(f"还没有写入。核对无误后运行 {again}")
    plan = sound(seen.merged.plan, seen.label)
    stored = load_plan(plan, slug=seen.slug, start=None, moment=moment, over=seen.over)
    say(f"{stored.label}：{stored.changes} 处变更；{stored.work_items} 项工作任务")
    say(*stored.notes)
