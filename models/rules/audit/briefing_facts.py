"""The facts of briefings that the audit chain covers."""

from models.rules.audit.fact_table import fact_table

BRIEFING_TABLES = (
    fact_table(
        "briefing_setting",
        "简报设置",
        "campaign_id title office report_to send_to issue_to copies yearly starts_at weekly set_by "
        "set_at",
    ),
    fact_table(
        "briefing_item",
        "简报投稿",
        "campaign_id number unit_id title body came_on by_post digest file_sha256 place held "
        "withdrawn",
        {"number": "编号", "unit_id": "供稿单位", "title": "标题"},
        digested=frozenset({"body"}),  # names may stand in it; the chain is kept for ever
    ),
    fact_table(
        "briefing",
        "简报",
        "campaign_id state draft first last content made_at made_on made_by series number issued_on "
        "issued_by withdrawn_on withdrawn_by reason",
        {"number": "期号"},
        digested=frozenset({"content"}),
    ),
    fact_table("briefing_piece", "简报所登内容", "campaign_id briefing_id key released"),
)
