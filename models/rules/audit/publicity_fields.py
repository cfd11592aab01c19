"""What an office calls the columns, fields and deeds of publicity."""

from collections.abc import Mapping

PUBLICITY_FIELDS: Mapping[str, str] = {
    "arrived_on": "收到日",
    "begins": "起算日",
    "channel": "渠道",
    "checked_at": "核稿时间",
    "checked_by": "核稿人",
    "codes": "编号",
    "decided_at": "认定时间",
    "deed": "做什么",
    "duties_until": "定期报送排到",
    "duty": "定期报送",
    "incident_id": "舆情",
    "major": "是否重大",
    "milestone_id": "节点",
    "place": "地方",
    "proposal": "建议",
    "published_on": "发布日",
    "step": "步骤",
    "unit": "单位名",
    "units": "单位",
}

PUBLICITY_DEEDS: Mapping[str, str] = {
    "duty-given": "分给单位定期报送",
    "duty-spared": "取消单位的定期报送",
    "submissions-laid": "排定各单位报送",
    "submission-taken": "收到报送",
    "submission-back": "撤回收到的报送",
    "venues-loaded": "装入宣传场所",
    "items-registered": "登记宣传",
    "wordings-loaded": "装入用语清单",
    "text-checked": "核稿",
    "text-decided": "认定稿件",
    "incident-found": "登记舆情",
    "incident-step": "登记舆情处置",
    "incident-back": "撤回舆情处置的登记",
    "slogans-loaded": "装入宣传标语",
}
