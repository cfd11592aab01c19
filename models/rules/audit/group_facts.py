"""The facts of groups and of what was handed down that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

GROUP_TABLES = (
    fact_table(
        "working_group",
        "领导小组和工作组",
        "campaign_id number name aliases parent_id withdrawn",
        {"number": "编号", "aliases": "别名", "parent_id": "上级的组"},
    ),
    fact_table(
        "group_seat",
        "组里的席位",
        "campaign_id group_id role position post unit_id class_id first last planned made_by reason",
        {
            "group_id": "组",
            "post": "职务",
            "unit_id": "单位",
            "class_id": "单位类别",
            "planned": "是否方案所定",
        },
    ),
    fact_table(
        "group_duty",
        "组的职责",
        "campaign_id group_id ordinal text withdrawn",
        {"group_id": "组"},
    ),
    fact_table(
        "group_document",
        "职责里的方案文件",
        "campaign_id group_id number title standing doubt unit_id due made_by reason withdrawn",
        {"group_id": "组", "number": "编号", "standing": "是否要交", "doubt": "拿不准之处"},
    ),
    fact_table(
        "handed_item",
        "交办下级的事项",
        "campaign_id milestone_id child_id child_milestone_id handed_on made_by taken_back_on reason "
        "indicator_id",
        {
            "milestone_id": "事项",
            "child_id": "下级",
            "child_milestone_id": "下级的事项",
            "handed_on": "交办日",
            "taken_back_on": "收回日",
        },
    ),
)
