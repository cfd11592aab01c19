"""The sheets of findings: the office's list, and the ledger of a unit."""

from models.rules.bounds import LONGEST_NOTE, LONGEST_TYPED
from models.rules.findings.words import FindingKind, FindingSource
from tasks.lists.belonging import FINDINGS as TITLE
from tasks.lists.belonging import RECTIFICATION
from tasks.workbook.declaring import Column, Kind, Sheet

KINDS = tuple(kind.chinese for kind in FindingKind)
FINDINGS = Sheet(
    "问题清单",
    (
        Column("编号", required=False, locked=True, width=7),
        Column(
            "类别", required=False, choices=KINDS, width=7, hint="问题、投诉或建议；不写就是问题"
        ),
        Column(
            "问题", longest=LONGEST_NOTE, width=40, hint="看到什么写什么；不写投诉人的姓名、电话"
        ),
        Column("建议", required=False, longest=LONGEST_NOTE, width=26),
        Column(
            "来源",
            width=14,
            hint=f"{'、'.join(one.chinese for one in FindingSource)}；可写明哪一次，如 督导检查 V1.12",
        ),
        Column("对应事项", required=False, width=10, hint="如 W5、1.1.3；没有的空着"),
        Column("发现日期", required=False, kind=Kind.DAY, width=12, hint="不写就是今天"),
        Column("责任单位", required=False, width=16, hint="写明的当即交办；待交办的空着"),
        Column("整改时限", required=False, kind=Kind.DAY, width=12, hint="不写按通常的期限"),
        Column("情况", required=False, locked=True, shown=True, width=16),
        Column("日期说明", required=False, locked=True, shown=True, longest=LONGEST_NOTE, width=24),
        Column("整改措施和结果", required=False, locked=True, shown=True, longest=0, width=30),
        Column("证明材料", required=False, locked=True, shown=True, width=14),
        Column("督办单", required=False, locked=True, shown=True, width=18),
    ),
    title=TITLE,
    note=(
        "新问题写在下面的空行，一行一个，编号由程序给。已有编号的行：还没有交办的，填上责任单位就交办；"
        "其余各列要改请用 shifan findings 的命令，每一步都留下是谁、哪天、为什么。"
    ),
    spare=200,
    still=3,
)
LEDGER = Sheet(
    "整改台账",
    (
        Column("编号", locked=True, width=7),
        Column("问题", locked=True, shown=True, longest=LONGEST_NOTE, width=36),
        Column("建议", required=False, locked=True, shown=True, longest=LONGEST_NOTE, width=24),
        Column("来源", required=False, locked=True, shown=True, width=14),
        Column("时限", required=False, locked=True, shown=True, width=12),
        Column("情况", required=False, locked=True, shown=True, width=14),
        Column(
            "承诺日期", required=False, kind=Kind.DAY, width=12, hint="预计哪天完成，可以早于时限"
        ),
        Column(
            "整改措施和结果",
            required=False,
            longest=LONGEST_TYPED,
            width=40,
            hint="改完再填；投诉建议填答复内容",
        ),
        Column(
            "证明材料",
            required=False,
            longest=LONGEST_NOTE,
            width=22,
            hint="材料编号，如 E0003，或与本表放在一起的文件的名称；几份用顿号隔开",
        ),
        Column(
            "不认领的理由",
            required=False,
            longest=LONGEST_NOTE,
            width=24,
            hint="不是本单位的事才填",
        ),
        Column("核对码", required=False, locked=True, hidden=True, width=8),
    ),
    title=RECTIFICATION,
    note=(
        "先填承诺日期；改完填整改措施和结果，写明证明材料。不是本单位的事，写明理由退回创建办裁定，不要空着。"
        "没有变化的行不必填，改完交回即可，不用另写报告。"
    ),
    protected=True,
    still=2,
)
