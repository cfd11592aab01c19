"""What a run is: a campaign that was approved, or the plan of work of a department or a town.

创建示范活动管理办法（试行）(2022): only approved activities are run; departments of counties and towns run none of their
own. What the city's plan calls 同步开展 at a department is its plan of work, and is never called 创建活动.
"""

from collections.abc import Iterable

from models.rules.words import RunKind

WORK_PLAN = RunKind.WORK_PLAN.chinese
# Who issues a plan of work: a department, a town, a sub-district. An office of a committee issues for the committee.
_OF_A_PART = (
    *("局", "厅", "街道", "街道办事处", "街道党工委", "大队", "支队", "中心"),
    *("镇人民政府", "乡人民政府", "镇政府", "乡政府", "镇党委", "乡党委"),
    *("卫生健康委员会", "发展和改革委员会", "住房和城乡建设委员会"),
)


def run_kind_of(issuer: str) -> RunKind:
    """Return what a plan that ``issuer`` issued is run as; a campaign where the name does not say."""
    return RunKind.WORK_PLAN if issuer.strip().endswith(_OF_A_PART) else RunKind.CAMPAIGN


def runs_together(names: Iterable[str]) -> str:
    """Return what runs of these names are called together; a plan of work says in its name that it is one."""
    kinds = {WORK_PLAN if WORK_PLAN in name else RunKind.CAMPAIGN.chinese for name in names}
    return "、".join(kind.chinese for kind in RunKind if kind.chinese in kinds)


def named_work_plan(slug: str) -> str:
    """Return the name of a plan of work, which says what it is wherever it is named."""
    return slug if WORK_PLAN in slug else f"{slug} {WORK_PLAN}"
