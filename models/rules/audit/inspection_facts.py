"""The facts of inspection that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

INSPECTION_TABLES = (
    fact_table("inspection_setting", "督导轮数", "campaign_id rounds source"),
    fact_table("inspection_line", "督导检查内容", "campaign_id kind text position withdrawn"),
    fact_table("inspection_team", "督导组", "campaign_id name areas withdrawn"),
    fact_table("inspection_team_unit", "督导组的组成", "team_id unit_id role", {"unit_id": "单位"}),
    fact_table("inspection_absence", "督导组不在的日子", "team_id day by_post reason"),
    fact_table(
        "inspection_round",
        "督导轮次",
        "campaign_id number first last most",
        {"number": "第几轮", "most": "每天最多几次"},
    ),
    fact_table(
        "unit_area",
        "单位片区",
        "campaign_id unit_id area left_out",
        {"unit_id": "单位", "area": "片区", "left_out": "不督导的理由"},
    ),
    fact_table(
        "visit",
        "走访",
        "campaign_id round_id number unit_id team_id day settled reason state visited_on by_post "
        "nothing_found note",
        {"unit_id": "单位", "number": "编号"},
    ),
    fact_table(
        "visit_check", "走访的检查内容", "visit_id kind text result note", {"result": "结果"}
    ),
    fact_table(
        "visit_problem",
        "走访列出的问题",
        "visit_id number text code due finding_id",
        {"number": "序号", "code": "涉及事项", "due": "建议整改期限"},
    ),
)
