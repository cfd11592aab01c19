"""The small fixed vocabularies of the campaign, with the words an office uses for them."""

from enum import IntEnum, StrEnum
from typing import Self

from models.rules.bounds import LONGEST_POST
from models.rules.registrar import names_a_person

CLOCK_DOUBT = "clock_doubt"  # the rule of a notice that says the clock is not believed
PREVIEW = "【预览】"  # stands first in whatever shows another day than today


class Worded(StrEnum):
    """A key that programs keep, with the word that an office uses for it."""

    chinese: str

    def __new__(cls, key: str, chinese: str = "") -> Self:
        """Make one member; ``chinese`` is what operators and leaders are shown."""
        member = str.__new__(cls, key)
        member._value_, member.chinese = key, chinese
        return member


class WordedNumber(IntEnum):
    """The same for what sorts, and is stored as a number."""

    chinese: str

    def __new__(cls, number: int, chinese: str = "") -> Self:
        """Make one member; ``chinese`` is what operators and leaders are shown."""
        member = int.__new__(cls, number)
        member._value_, member.chinese = number, chinese
        return member


def words_of(kind: type[Worded]) -> dict[str, str]:
    """Return the office's word for each key of ``kind``."""
    return {one.value: one.chinese for one in kind}


class Level(WordedNumber):
    """The ladder on which a slip climbs: posts, whose words are the default channel tags from OFFICE up."""

    LIAISON = 1, "联络员"
    UNIT_HEAD = 2, "单位负责人"
    OFFICE = 3, "创建办"
    LEADER = 4, "分管领导"
    GROUP_HEAD = 5, "组长"


OFFICE = Level.OFFICE.chinese  # who registers and hears what is nobody else's


class Progress(Worded):
    """How far a milestone or an assignment is."""

    OPEN = "open", "未开始"
    STARTED = "started", "进行中"
    DONE = "done", "已完成"
    DROPPED = "dropped", "不适用"  # with a reason

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to do."""
        return self in FINISHED


FINISHED = (Progress.DONE, Progress.DROPPED)
UNFINISHED = (Progress.OPEN, Progress.STARTED)


class DocumentKind(Worded):
    """What a document is; the last noun of its title decides."""

    IMPLEMENTATION_PLAN = "implementation_plan", "实施方案"
    WORK_PLAN = "work_plan", "工作方案"
    PUBLICITY_PLAN = "publicity_plan", "宣传方案"
    BRIEFING = "briefing", "简报"
    REPORT = "report", "报告"
    NEWS = "news", "新闻"

    @property
    def is_plan(self) -> bool:
        """Say whether such a document can drive a campaign."""
        return self in {self.IMPLEMENTATION_PLAN, self.WORK_PLAN, self.PUBLICITY_PLAN}


class StageKind(Worded):
    """What a stage is about, whatever the plan calls it; decides its flow and its gate."""

    LAUNCH = "launch", "部署启动"
    IMPLEMENTATION = "implementation", "实施推进"
    SELF_EVALUATION = "self_evaluation", "自评初审"
    CONSOLIDATION = "consolidation", "巩固提升"
    ACCEPTANCE = "acceptance", "评估验收"


class Frequency(Worded):
    """The fixed period of a recurring duty."""

    DAILY = "daily", "每日"
    WEEKLY = "weekly", "每周"
    BIWEEKLY = "biweekly", "每两周"
    TEN_DAY = "ten_day", "每旬"
    SEMIMONTHLY = "semimonthly", "每半月"
    MONTHLY = "monthly", "每月"
    BIMONTHLY = "bimonthly", "每两月"
    QUARTERLY = "quarterly", "每季度"
    SEMIANNUAL = "semiannual", "每半年"
    YEARLY = "yearly", "每年"


class DayOff(Worded):
    """What becomes of a recurring duty's day that is a day off, by the plan's own words."""

    KEPT = "kept", "不变"  # the plan says nothing of it
    AFTER = "after", "顺延"
    BEFORE = "before", "提前"


class CampaignState(Worded):
    """Whether a campaign is under way; an archived one is closed and not shown unasked."""

    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"
    ARCHIVED = "archived", "已归档"
    REMOVED = "removed", "已移除"

    @property
    def is_shown(self) -> bool:
        """Say whether people may still look at such a campaign."""
        return self is not CampaignState.REMOVED


class RunKind(Worded):
    """What a run is: only what was approved is a campaign (创建示范活动管理办法（试行）, 2022)."""

    CAMPAIGN = "campaign", "创建活动"
    WORK_PLAN = "work_plan", "工作计划"  # of a department or a town


class StageStatus(Worded):
    """Where a stage stands: pending, active, deciding, closed; withdrawn when the plan dropped it."""

    PENDING = "pending", "未启动"
    ACTIVE = "active", "进行中"
    DECIDING = "deciding", "待审批"
    CLOSED = "closed", "已结束"
    WITHDRAWN = "withdrawn", "已撤销"


UNDER_WAY = (StageStatus.ACTIVE, StageStatus.DECIDING)


class MilestoneKind(Worded):
    """What a milestone comes from: the plan, or (`OWN_KINDS`) a life of its own."""

    STEP = "step", "阶段步骤"
    WORK_ITEM = "work_item", "工作任务"
    MEASURE = "measure", "宣传措施"
    DUTY = "duty", "定期报送"
    STAGE_END = "stage_end", "阶段收尾"
    VISIT = "visit", "督导检查"
    FINDING = "finding", "问题整改"
    COMPLAINT = "complaint", "投诉建议"
    SUBMISSION = "submission", "单位报送"
    DOCUMENT = "document", "方案文件"
    DRILL = "drill", "模拟评估"
    HANDED = "handed", "上级交办"
    INCIDENT = "incident", "舆情处置"


# What loading a plan neither makes nor takes away.
OWN_KINDS = frozenset(
    (
        MilestoneKind.VISIT,
        MilestoneKind.FINDING,
        MilestoneKind.COMPLAINT,
        MilestoneKind.SUBMISSION,
        MilestoneKind.DOCUMENT,
        MilestoneKind.DRILL,
        MilestoneKind.HANDED,
        MilestoneKind.INCIDENT,
    )
)

# How far these are is registered where they live, and nowhere else: by which command.
REGISTERED_BY = {
    MilestoneKind.VISIT: "shifan inspection results",
    MilestoneKind.FINDING: "shifan findings",
    MilestoneKind.COMPLAINT: "shifan complaints",
    MilestoneKind.SUBMISSION: "shifan publicity",
    MilestoneKind.DRILL: "shifan assessment（L 开头的 shifan law-test，Q 开头的 shifan survey）",
    MilestoneKind.INCIDENT: "shifan publicity incident",
}


class Role(Worded):
    """What a unit is to an indicator or a work item."""

    LEAD = "lead", "牵头单位"
    RESPONSIBLE = "responsible", "责任单位"


class Light(Worded):
    """The colour of an item on a day."""

    GREEN = "green", "绿（正常）"
    BLUE = "blue", "蓝（临近）"
    YELLOW = "yellow", "黄（滞后）"
    RED = "red", "红（逾期）"


def post_fault(by: str, deed: str) -> str:
    """Return what is wrong with the post that somebody gave for ``deed``; empty when it will do."""
    if not by.strip():
        return f"没有写明由谁（职务）{deed}"
    if len(by.strip()) > LONGEST_POST or not by.strip().isprintable():
        return f"{deed}人的职务应是一行、{LONGEST_POST} 个字以内的文字"
    if names_a_person(by):
        return f"{deed}人“{by.strip()}”像是姓名，只写职务，如 创建办"
    return ""
