"""What is done in findings, inspection and mock assessment, as the audit calls it."""

from collections.abc import Mapping

WORK_DEEDS: Mapping[str, str] = {
    "drill-made": "安排模拟评估",
    "drill-seeded": "公布抽样种子",
    "drill-drawn": "抽取样本",
    "drill-marked": "登记评估记录",
    "drill-marks-withdrawn": "撤回评估记录",
    "workpaper-made": "编制工作底稿",
    "workpaper-reviewed": "复核工作底稿",
    "workpaper-revised": "工作底稿另开新版",
    "drill-finished": "完成模拟评估",
    "drill-dropped": "取消模拟评估",
    "case-sheets-loaded": "装入案卷评查标准",
    "method-weights-loaded": "装入评估权重",
    "finding-raise": "提出问题",
    "finding-assign": "交办、转办问题",
    "finding-uphold": "维持交办问题",
    "finding-promise": "承诺整改日期",
    "finding-decline": "不认领问题",
    "finding-move": "调整整改时限",
    "finding-rectify": "报整改情况",
    "finding-refuse": "核实整改未通过",
    "finding-verify": "核实整改通过",
    "finding-close": "问题销号",
    "finding-look": "问题回头看",
    "finding-recur": "问题再次发生",
    "finding-end": "问题另行决定",
    "finding-answer": "答复投诉建议",
    "finding-take-back": "撤回问题的上一步",
    "findings-set": "设置问题整改",
    "dispatch-issued": "发出督办单",
    "dispatch-returned": "收到督办单回件",
    "dispatch-answered": "确认督办单办结",
    "dispatch-refused": "督办单回件不作数",
    "dispatch-void": "作废督办单",
    "dispatch-taken-back": "撤回对督办单的确认",
    "inspection-arranged": "装入督导安排",
    "round-set": "设置督导轮次",
    "visits-planned": "排定走访",
    "visit-moved": "改走访日期",
    "team-away": "登记督导组不在",
    "visits-held": "登记走访结果",
    "visit-taken-back": "撤回走访结果",
}

# What the office takes back of what it did.
TAKEN_BACK_DEEDS: Mapping[str, str] = {
    "asks-allowance-ended": "撤回同意超过每周次数",
    "decision-withdrawn": "撤回提请审批",
    "succession-withdrawn": "撤回移交",
}
