"""The facts of mock assessments that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

ASSESSMENT_TABLES = (
    fact_table(
        "drill",
        "模拟评估",
        "campaign_id number title begin due assessor third_party state weights closed_on note "
        "made_by made_at",
        {"number": "编号", "due": "计划结束日", "closed_on": "办结日"},
    ),
    fact_table(
        "drill_draw",
        "抽样",
        "drill_id method number seed source population_sha256 population size criteria reason "
        "seeded_by seeded_at drawn_at left_out",
        {"method": "方式", "number": "第几次", "source": "种子的来源", "size": "抽取数"},
        digested=frozenset({"criteria"}),
    ),
    fact_table(
        "drawn_item",
        "抽中的样本",
        "draw_id position key sheet unit area trade title detail",
        {"key": "编号"},
    ),
    fact_table(
        "item_mark",
        "评查记录",
        "item_id reviewer criterion outcome count note at",
    ),
    fact_table(
        "workpaper",
        "工作底稿",
        "drill_id method revision aim population sample procedure evidence result conclusion score "
        "judged basis reason made_by made_at reviewed_by reviewed_at",
        {"method": "方式", "population": "总体", "evidence": "依据的材料"},
    ),
    fact_table(
        "case_criterion",
        "案卷评查标准",
        "campaign_id kind position code section text points full set_by withdrawn",
        {"points": "每处扣分"},
    ),
    fact_table(
        "method_weight",
        "评估权重",
        "campaign_id method part points set_by",
        {"method": "方式", "points": "权重"},
    ),
)
