"""The small fixed vocabularies of the campaign, with the words an office uses for them."""

from enum import IntEnum, StrEnum

from models.rules.bounds import LONGEST_POST
from models.rules.registrar import names_a_person

CLOCK_DOUBT = "clock_doubt"  # the rule of a notice that says the clock is not believed
PREVIEW = "【预览】"  # stands first in whatever shows another day than today


class Level(IntEnum):
    """The ladder on which a slip climbs; stored as a number so that it sorts."""

    LIAISON = 1
    UNIT_HEAD = 2
    OFFICE = 3
    LEADER = 4
    GROUP_HEAD = 5

    @property
    def chinese(self) -> str:
        """Return the post as an office says it; it is also the default channel tag from OFFICE up."""
        return LEVEL_WORDS[self]


LEVEL_WORDS = {
    Level.LIAISON: "联络员",
    Level.UNIT_HEAD: "单位负责人",
    Level.OFFICE: "创建办",
    Level.LEADER: "分管领导",
    Level.GROUP_HEAD: "组长",
}


class Progress(StrEnum):
    """How far a milestone or an assignment is."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"  # 不适用, with a reason

    @property
    def chinese(self) -> str:
        """Return the word of the progress form."""
        return PROGRESS_WORDS[self]


PROGRESS_WORDS = {
    Progress.OPEN: "未开始",
    Progress.STARTED: "进行中",
    Progress.DONE: "已完成",
    Progress.DROPPED: "不适用",
}


class DocumentKind(StrEnum):
    """What a document is; the last noun of its title decides."""

    IMPLEMENTATION_PLAN = "implementation_plan"
    WORK_PLAN = "work_plan"
    PUBLICITY_PLAN = "publicity_plan"
    BRIEFING = "briefing"
    REPORT = "report"
    NEWS = "news"

    @property
    def is_plan(self) -> bool:
        """Say whether such a document can drive a campaign."""
        return self in {self.IMPLEMENTATION_PLAN, self.WORK_PLAN, self.PUBLICITY_PLAN}


class StageKind(StrEnum):
    """What a stage is about, whatever the plan calls it; decides its flow and its gate."""

    LAUNCH = "launch"
    IMPLEMENTATION = "implementation"
    SELF_EVALUATION = "self_evaluation"
    CONSOLIDATION = "consolidation"
    ACCEPTANCE = "acceptance"


class Frequency(StrEnum):
    """The fixed period of a recurring duty."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    TEN_DAY = "ten_day"
    SEMIMONTHLY = "semimonthly"
    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    YEARLY = "yearly"


class CampaignState(StrEnum):
    """Whether a campaign is under way; an archived one is closed and not shown unasked."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REMOVED = "removed"

    @property
    def is_shown(self) -> bool:
        """Say whether people may still look at such a campaign."""
        return self is not CampaignState.REMOVED

    @property
    def chinese(self) -> str:
        """Return the word shown to operators."""
        return CAMPAIGN_STATE_WORDS[self]


CAMPAIGN_STATE_WORDS = {
    CampaignState.OPEN: "进行中",
    CampaignState.CLOSED: "已结束",
    CampaignState.ARCHIVED: "已归档",
    CampaignState.REMOVED: "已移除",
}


class StageStatus(StrEnum):
    """Where a stage stands: pending, active, deciding, closed; withdrawn when the plan dropped it."""

    PENDING = "pending"
    ACTIVE = "active"
    DECIDING = "deciding"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def chinese(self) -> str:
        """Return the word shown to operators and leaders."""
        return STAGE_STATUS_WORDS[self]


STAGE_STATUS_WORDS = {
    StageStatus.PENDING: "未启动",
    StageStatus.ACTIVE: "进行中",
    StageStatus.DECIDING: "待审批",
    StageStatus.CLOSED: "已结束",
    StageStatus.WITHDRAWN: "已撤销",
}

STAGE_KIND_WORDS = {
    "launch": "部署启动",
    "implementation": "实施推进",
    "self_evaluation": "自评初审",
    "consolidation": "巩固提升",
    "acceptance": "评估验收",
}


class MilestoneKind(StrEnum):
    """What a milestone comes from in the plan."""

    STEP = "step"
    WORK_ITEM = "work_item"
    MEASURE = "measure"
    DUTY = "duty"
    STAGE_END = "stage_end"

    @property
    def chinese(self) -> str:
        """Return the word shown in tables."""
        return MILESTONE_KIND_WORDS[self]


MILESTONE_KIND_WORDS = {
    MilestoneKind.STEP: "阶段步骤",
    MilestoneKind.WORK_ITEM: "工作任务",
    MilestoneKind.MEASURE: "宣传措施",
    MilestoneKind.DUTY: "定期报送",
    MilestoneKind.STAGE_END: "阶段收尾",
}


class Role(StrEnum):
    """What a unit is to an indicator or a work item."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"

    @property
    def chinese(self) -> str:
        """Return the word printed in plans."""
        return ROLE_WORDS[self]


ROLE_WORDS = {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位"}


class Light(StrEnum):
    """The colour of an item on a day."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"

    @property
    def chinese(self) -> str:
        """Return the colour and what it means, for people who do not see colours."""
        return LIGHT_WORDS[self]


LIGHT_WORDS = {
    Light.GREEN: "绿（正常）",
    Light.BLUE: "蓝（临近）",
    Light.YELLOW: "黄（滞后）",
    Light.RED: "红（逾期）",
}


def post_fault(by: str, deed: str) -> str:
    """Return what is wrong with the post that somebody gave for ``deed``; empty when it will do."""
    if not by.strip():
        return f"没有写明由谁（职务）{deed}"
    if len(by.strip()) > LONGEST_POST or not by.strip().isprintable():
        return f"{deed}人的职务应是一行、{LONGEST_POST} 个字以内的文字"
    if names_a_person(by):
        return f"{deed}人“{by.strip()}”像是姓名，只写职务，如 创建办"
    return ""
