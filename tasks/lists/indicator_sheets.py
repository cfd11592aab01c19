"""The sheets of an indicator system: the table that is filled in, and the review of a document."""

from dataclasses import replace

from models.rules.bounds import LONGEST_PASSAGE, LONGEST_TYPED
from models.rules.targets import RELATIONS
from tasks.workbook.declaring import Column, Kind, Sheet

RELATION_WORDS = tuple(words[0] for words in RELATIONS.values())
SCORED, SCORING, LOWEST = "分值", "评分办法", "最低分"
METHODS, PROOFS = "测评方法", "佐证材料"
INDICATORS = Sheet(
    "指标",
    (
        Column("编号", ("指标编号",), width=11, hint="如 1.1.2；不可重复"),
        Column("级别", ("指标级别", "层级"), width=8, choices=("1", "2", "3")),
        Column("上级编号", ("上级指标", "上级指标编号"), width=11, hint="一级指标留空"),
        Column("指标内容", ("指标", "指标名称", "内容"), longest=LONGEST_TYPED, width=52),
        Column("关系", ("比较", "关系符"), width=10, choices=RELATION_WORDS),
        Column("目标值", ("目标",), width=10, hint="只填数字，或如 95%"),
        Column("计量单位", ("单位（计量）", "单位"), width=10, hint="如 %、个、次"),
        Column("牵头单位", ("牵头部门",), many=True, width=22, hint="多个用顿号隔开"),
        Column(
            "责任单位",
            ("责任部门", "配合单位"),
            many=True,
            width=34,
            hint="多个用顿号隔开；可写单位类别",
        ),
        Column(
            SCORED,
            ("分数", "满分"),
            kind=Kind.NUMBER,
            required=False,
            width=8,
            hint="只填数字，如 2.5；没有分值的空着",
        ),
        Column(
            SCORING,
            ("评分标准", "计分办法", "扣分标准"),
            required=False,
            longest=LONGEST_PASSAGE,
            width=30,
            hint="如 每起扣2分，扣完为止",
        ),
        Column(LOWEST, kind=Kind.NUMBER, required=False, width=8, hint="扣到多少为止；不填即为 0"),
        Column(
            METHODS,
            ("测评方式", "评价方式", "评价方法"),
            required=False,
            longest=LONGEST_PASSAGE,
            width=18,
            hint="如 查阅资料、实地考察；一行一种",
        ),
        Column(
            PROOFS,
            ("证明材料", "印证材料"),
            required=False,
            longest=LONGEST_PASSAGE,
            width=26,
            hint="要求提供的材料，一行一件",
        ),
        Column("位置", locked=True, shown=True, width=9),
        Column("原文", locked=True, shown=True, width=40),
        Column("疑点（请核对）", locked=True, shown=True, warning=True, width=26),
    ),
    title="指标与责任分解表",
    note=(
        "一行一个指标，从一级到三级。没有量化要求的，关系、目标值、计量单位留空。"
        "单位用名册里的名称或别名，多个用顿号隔开；责任单位可以写单位类别（如市直有关部门单位）。"
    ),
    spare=160,
)

BESIDE = 3  # the last columns: what a review of a document shows beside its reading
TEMPLATE = replace(INDICATORS, columns=INDICATORS.columns[:-BESIDE])
ASKED_OF = Sheet(
    "要求",
    (
        Column("编号", width=11, hint="指标的编号，如 1.1.2"),
        Column("要求内容", ("要求",), longest=LONGEST_TYPED, width=60),
        Column("关系", required=False, choices=RELATION_WORDS, width=10),
        Column("目标值", kind=Kind.NUMBER, required=False, width=10, hint="只填数字，或如 90%"),
        Column("计量单位", required=False, width=10, hint="如 %、个、次"),
        Column("疑点（请核对）", locked=True, shown=True, warning=True, width=34),
    ),
    title="每项指标的要求",
    note=(
        "一行一项可以单独证明的要求，证明材料和数据都挂在要求上。一项指标的几项要求可以改、拆、并；"
        "整项指标的行都删去的，按指标内容重新拆分。"
    ),
    spare=40,
)
ADOPT, INSTEAD, NOT_ONE = "采纳", "改为", "不是指标"
ANSWERS = (ADOPT, INSTEAD, NOT_ONE)
ANSWER = "处理"
WRITTEN = "改为（写上改成什么）"
ABOUT = "来源（勿改）"
LOOK_AT = Sheet(
    "请看一眼",
    (
        Column("指标", locked=True, shown=True, width=9),
        Column("行", kind=Kind.NUMBER, locked=True, shown=True, width=6),
        Column("原文", locked=True, shown=True, width=44),
        Column("为什么请您看", locked=True, shown=True, warning=True, width=40),
        Column("建议", locked=True, shown=True, width=22),
        Column(
            ANSWER,
            choices=ANSWERS,
            width=10,
            hint="空着：照读出的收。采纳：照“建议”收。改为：照旁边一列收。不是指标：这一项不要了。",
        ),
        Column(
            WRITTEN, required=False, longest=LONGEST_TYPED, width=28, hint="分值写数字，要求写全文"
        ),
        Column(ABOUT, locked=True, required=False, quiet=True, width=9, longest=0),
    ),
    title="请看一眼",
    note="按原文的顺序列出拿不准的地方；在“处理”一列选“采纳”“改为”或“不是指标”，空着就照读出的收。也可以直接在表“指标”和“要求”里改。",
)
WHOLE_TEXT = Sheet(
    "全文对照",
    (
        Column("行", kind=Kind.NUMBER, locked=True, shown=True, width=6),
        Column("原文", locked=True, shown=True, width=70),
        Column("读成了什么", locked=True, shown=True, width=36),
    ),
    title="全文对照",
    note="原文的每一行、每一格，和它读成了什么；没有一处不列出来。这一页只供查看。",
)
HIDDEN = "原始数据"  # kept out of sight: by it a review of a document is known
