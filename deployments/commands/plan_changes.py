"""`shifan plan compare`: what a later version of a plan changes."""

from typing import Annotated

from cyclopts import Parameter

from deployments.say import say, say_aside, say_json
from deployments.typed.options import Now, OfCampaign
from deployments.typed.values import Source


def compare(
    earlier: Source,
    later: Source | None = None,
    *,
    as_json: Annotated[bool, Parameter(name="--json")] = False,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """比较两份方案，逐条说明后一份改了什么：阶段、任务、单位、时限、目标、职责、机构。只看，不写入。

    只写一个文件的，与已装入的方案比较。任务按编号和词句对上号，换了序号、改了词句的仍是同一项；拿不准的写明“请核对”。

    示例：

        shifan plan compare 修订稿.docx
        shifan plan compare 征求意见稿.docx 实施方案.docx

    Parameters
    ----------
    earlier
        前一份：方案文件、审核表、公文，或自带方案包的名字；只写这一个时，它是后一份，与已装入的比较。
    later
        后一份。
    as_json
        输出一个 JSON 对象，供其他程序读取。
    """
    from tasks.plans.changing import compare_plans

    found = compare_plans(earlier, later, campaign, say_aside)
    if as_json:
        say_json(found)
    else:
        say(*found.lines())
