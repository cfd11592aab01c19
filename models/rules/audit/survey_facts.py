"""The facts of law tests, surveys and talks that the audit chain covers; a telephone number is never one."""

from models.rules.audit.fact_table import fact_table

SURVEY_TABLES = (
    fact_table(
        "law_question",
        "法律知识题",
        "campaign_id number kind text options answer subject audience points withdrawn",
        {"number": "题号", "answer": "答案", "subject": "科目", "points": "分值"},
    ),
    fact_table(
        "law_setting",
        "测试规定",
        "campaign_id minutes pass_mark partial repeats versions",
    ),
    fact_table(
        "law_rule",
        "组卷方案",
        "campaign_id audience kind subject count points",
        {"subject": "科目", "points": "每题分值"},
    ),
    fact_table(
        "law_test",
        "法律知识测试",
        "campaign_id number held_on seed minutes pass_mark partial versions rules repeat_of made_by "
        "made_at drawn_at",
        {"number": "第几次"},
        digested=frozenset({"rules"}),
    ),
    fact_table(
        "law_paper",
        "试卷",
        "test_id audience version items",
        {"version": "卷别"},
        digested=frozenset({"items"}),
    ),
    fact_table(
        "law_candidate",
        "考生号",
        "test_id number unit_id audience version answers mark total entered_by withdrawn",
        {"number": "考号", "unit_id": "单位", "version": "卷别"},
    ),
    fact_table(
        "survey",
        "电话测评",
        "campaign_id number kind seed margin confidence least ratio keep_days adult_age callers made_by "
        "made_at drawn_at",
        {"number": "编号"},
    ),
    fact_table(
        "survey_stratum",
        "测评分层",
        "survey_id position area people population sampled listed withdrawn",
    ),
    fact_table(
        "survey_question",
        "测评问题",
        "survey_id number text answers good aside weight withdrawn",
        {"number": "题号"},
    ),
    fact_table(
        "survey_count",
        "测评答案计数",
        "survey_id stratum_id caller question answer count",
        {"answer": "答案", "count": "次数"},
    ),
    fact_table(
        "survey_remark",
        "测评意见",
        "survey_id stratum_id caller position text",
        digested=frozenset({"text"}),  # what a person said; the chain is kept for ever
    ),
    fact_table(
        "survey_numbers",
        "电话号码的装入和删除",
        "survey_id count digest taken_by taken_at keep_until deleted_at deleted_by rule",
        {"count": "个数", "rule": "按什么删除"},
    ),
    fact_table(
        "talk_question",
        "访谈提纲",
        "campaign_id role number text points withdrawn",
        {"number": "题号", "points": "满分"},
    ),
    fact_table(
        "talk",
        "访谈",
        "campaign_id number role unit_id held_on by_post withdrawn",
        {"number": "编号", "unit_id": "单位", "by_post": "访谈人"},
    ),
    fact_table(
        "talk_mark",
        "访谈记录",
        "talk_id question_id points note raised finding",
        digested=frozenset({"note"}),
    ),
)
