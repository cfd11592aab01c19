"""The facts of findings and dispatches that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

FINDING_TABLES = (
    fact_table(
        "finding",
        "问题",
        "campaign_id code kind problem advice source item found_on raised_by raised_at unit_id state cycle",
        {
            "problem": "问题",
            "advice": "建议",
            "item": "对应事项",
            "found_on": "发现日期",
            "raised_by": "提出人",
            "raised_at": "提出时间",
            "cycle": "第几轮",
        },
    ),
    fact_table(
        "finding_cycle",
        "问题的一轮整改",
        "finding_id number opened_on due original_due promised_on first_promised measure rectified_on "
        "rectified_by verified_on verified_by watch_until closed_on closed_by looked_on looked_by "
        "ended_on ended_by ended_why",
        {
            "finding_id": "问题",
            "number": "第几轮",
            "opened_on": "开始日",
            "first_promised": "最初承诺日期",
            "measure": "整改措施和结果",
            "rectified_on": "整改完成日",
            "rectified_by": "报整改人",
            "verified_on": "核实日",
            "verified_by": "核实人",
            "watch_until": "观察期到",
            "closed_on": "销号日",
            "closed_by": "销号人",
            "looked_on": "回头看日",
            "looked_by": "回头看人",
            "ended_on": "另行决定日",
            "ended_by": "决定人",
            "ended_why": "决定理由",
        },
    ),
    fact_table(
        "finding_step",
        "问题的一步",
        "finding_id cycle step taken_on taken_at by_post unit_id day note pieces",
        {
            "finding_id": "问题",
            "cycle": "第几轮",
            "step": "步骤",
            "taken_on": "日期",
            "taken_at": "时间",
            "unit_id": "单位",
            "day": "写明的日期",
            "pieces": "材料编号",
        },
    ),
    fact_table(
        "finding_proof",
        "整改的证明材料",
        "finding_id cycle evidence_id",
        {"finding_id": "问题", "cycle": "第几轮"},
    ),
    fact_table(
        "finding_rules",
        "问题整改的设置",
        "campaign_id watch_days answer_workdays dispatch_number set_by set_at",
        {
            "watch_days": "观察期天数",
            "answer_workdays": "答复工作日",
            "dispatch_number": "督办单编号样式",
        },
    ),
    fact_table(
        "dispatch",
        "督办单",
        "campaign_id unit_id year number name level sender issued_on issued_by answer_by paper_sha256 "
        "state returned_sha256 returned_name returned_at settled_on settled_by settled_why",
        {
            "unit_id": "主送单位",
            "year": "年份",
            "number": "序号",
            "name": "编号",
            "level": "级别",
            "sender": "发出单位",
            "issued_on": "发出日期",
            "answer_by": "答复期限",
            "paper_sha256": "文书指纹",
            "returned_sha256": "回件指纹",
            "returned_name": "回件文件名",
            "returned_at": "回件时间",
            "settled_on": "办结日",
            "settled_by": "确认人",
            "settled_why": "说明",
        },
    ),
    fact_table(
        "dispatch_item",
        "督办的事项",
        "dispatch_id code",
        {"dispatch_id": "督办单"},
    ),
)
