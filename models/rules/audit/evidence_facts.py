"""The facts of evidence, ledgers, figures and papers that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

EVIDENCE_TABLES = (
    fact_table(
        "demand",
        "要求",
        "campaign_id indicator_id work_item_id ordinal text op value unit_of_value per counted out_of "
        "needs_evidence source withdrawn",
    ),
    fact_table(
        "evidence",
        "证明材料",
        "campaign_id number kind title caption passage fact_on effective_on expires_on promised_on "
        "provider_id to_publish latest withdrawn",
        {"number": "编号"},
    ),
    fact_table(
        "evidence_revision",
        "证明材料的版本",
        "evidence_id number sha256 algorithm digest size media file_name url received_id received_at "
        "uploaded_by via state state_by state_at reason",
        {"number": "版次"},
    ),
    fact_table(
        "evidence_use",
        "证明材料的引用",
        "evidence_id assignment_id demand_id milestone_id withdrawn",
        {"demand_id": "要求", "milestone_id": "节点"},
    ),
    fact_table(
        "evidence_mark",
        "核查标记",
        "revision_id check_id detail other_id measure verdict judged_by judged_at why",
        {"why": "认定理由"},
    ),
    fact_table(
        "evidence_copy",
        "证明材料的副本",
        "revision_id purpose made_for sha256 size made_at made_by",
    ),
    fact_table(
        "received_file",
        "收到的文件",
        "campaign_id unit_id key sha256 size name sender via received_at kind version outcome detail "
        "returned_sha256",
        digested=frozenset({"sender"}),  # an address is a person's; the chain is kept for ever
    ),
    fact_table(
        "ledger_issue",
        "发出的台账",
        "campaign_id unit_id version issued_at issued_by rows sha256 facts",
        digested=frozenset({"facts"}),
    ),
    fact_table(
        "ledger_conflict",
        "台账分歧",
        "campaign_id assignment_id field standing offered standing_file_id offered_file_id found_at "
        "taken settled_by settled_at",
    ),
    fact_table(
        "package_limit",
        "申报系统限制",
        "campaign_id kind suffixes largest most side set_by set_on",
    ),
    fact_table("package", "申报材料包", "campaign_id sha256 files gaps made_at made_by"),
    fact_table(
        "upload_receipt",
        "上传登记",
        "campaign_id revision_id indicator_id uploaded_on uploaded_by note",
    ),
    fact_table(
        "measurement",
        "指标数据",
        "campaign_id demand_id unit_id period numerator denominator source evidence_id by_post at "
        "withdrawn",
        {"demand_id": "要求"},
    ),
    fact_table(
        "scoring_rule",
        "评分标准",
        "campaign_id indicator_id points method floor set_by",
        {"points": "分值"},
    ),
    fact_table(
        "score", "指标得分", "campaign_id indicator_id kind points by_post at note withdrawn"
    ),
    fact_table(
        "deduction",
        "扣分",
        "score_id points reason evidence_id withdrawn",
        {"points": "扣分"},
    ),
    fact_table(
        "paper",
        "文书",
        "campaign_id kind subject version title sha256 characters blanks facts made_at made_by",
        digested=frozenset({"facts"}),
    ),
    fact_table(
        "paper_template",
        "文书模板",
        "campaign_id kind sha256 file_name set_by set_at withdrawn",
    ),
)
