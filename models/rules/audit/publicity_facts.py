"""The facts of publicity that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

PUBLICITY_TABLES = (
    fact_table(
        "duty_owner",
        "报送单位",
        "campaign_id unit_id duty begins by_post withdrawn",
    ),
    fact_table(
        "submission_receipt",
        "收到的报送",
        "milestone_id received_id arrived_on note by_post at withdrawn",
    ),
    fact_table(
        "venue",
        "宣传场所",
        "campaign_id unit_id milestone_id name deed state done_on evidence_id note by_post withdrawn",
        {"name": "场所"},
    ),
    fact_table(
        "publicity_item",
        "宣传登记",
        "campaign_id unit_id number title channel published_on url evidence_id note by_post at "
        "withdrawn",
        {"number": "编号"},
    ),
    fact_table("wording", "用语", "campaign_id kind text proposal why withdrawn", {"why": "依据"}),
    fact_table(
        "text_check",
        "核稿",
        "campaign_id number title sha256 found checked_at checked_by verdict decided_by decided_at "
        "reason",
        {"number": "编号"},
        digested=frozenset({"found"}),
    ),
    fact_table(
        "incident",
        "舆情",
        "campaign_id unit_id number title place url major found_at step by_post",
        {"number": "编号", "unit_id": "责任单位", "place": "出现的地方"},
    ),
    fact_table("incident_deed", "舆情处置", "incident_id step at by_post note withdrawn"),
    fact_table("slogan", "宣传标语", "campaign_id number text withdrawn", {"number": "编号"}),
)
