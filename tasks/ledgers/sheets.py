"""The sheets of a unit's ledger: what it is asked, what it fills in, what became of what it handed in."""

from dataclasses import replace

from models.rules.bounds import LONGEST_NAME, LONGEST_NOTE, LONGEST_TYPED
from models.rules.evidence.ledgers import LEDGER_TITLE
from models.rules.words import Progress
from tasks.workbook.declaring import Column, Form, Kind, Look, Sheet

STATES = tuple(state.chinese for state in Progress)
# Five lines, on the first page and nowhere else.
INSTRUCTIONS = (
    "1. 只填白色的格；灰色的格是登记情况和台账的标识，请勿改动，也不要增删列、改表名。",
    "2. “台账”表：状态从下拉列表选，已完成的填完成日期，不适用的在说明里写明理由；没有变化的行不必填。"
    "有“指标数据”“自评”两表的，数和自评分填在那里。",
    "3. “证明材料”表：一行一份，写明证明哪几项；文件与台账放在同一个文件夹、压缩包或邮件里报来，文件名与表里一致。"
    "还没有的材料先写承诺日期。",
    "4. 涉密的文件一律不要报送；只写职务，不写姓名、电话和身份证号。",
    "5. 填好后发回创建办。有误的行标红退回，改好再报；其余的当时就已收下。收下以后请用新发的一版继续填。",
)
# As earlier versions of the program wrote them, in ledgers that may still come back.
EARLIER = (
    "2. “台账”表：状态从下拉列表选，已完成的填完成日期，不适用的在说明里写明理由；没有变化的行不必填。",
)


def _told(name: str) -> Column:
    return Column(name, shown=True, required=False, locked=True, longest=0)


OVERVIEW = Form(
    "一页看清",
    (
        _told("单位"),
        _told("需要干什么"),
        _told("已经干了什么"),
        _told("还有哪些差距"),
    ),
    INSTRUCTIONS + EARLIER,
    Look(11, 16, "#808080", "#D9E2F3", ("bg_color", "#F7F7F7"), passages=True),
)
WHY_RETURNED = "退回原因"  # the column that a marked copy has behind the others
_RETURNED = Column(WHY_RETURNED, required=False, quiet=True, longest=0)
LEDGER = Sheet(
    "台账",
    (
        Column("编号", locked=True, width=8),
        Column("角色", locked=True, width=10),
        Column("事项与要求", locked=True, shown=True, width=38),
        Column("目标", locked=True, shown=True, width=13),
        Column("完成时限", kind=Kind.DAY, locked=True, shown=True, width=12),
        Column("已报材料及处理", locked=True, shown=True, width=24),
        Column("状态", width=10, choices=STATES),
        Column(
            "完成日期",
            ("完成时间",),
            kind=Kind.DAY,
            width=12,
            hint="状态为已完成时填，如 2025-07-01；不填即为收到当天",
        ),
        Column("说明", ("备注",), longest=LONGEST_NOTE, width=24, hint="不适用时必须写明理由"),
    ),
    title=LEDGER_TITLE,
    note="只填状态、完成日期、说明三列，灰色列请勿改动。没有变化的行不必填。怎样填见“一页看清”。",
    protected=True,
    still=3,
)
PIECES = Sheet(
    "证明材料",
    (
        Column(
            "编号",
            ("证明事项", "事项编号"),
            choices=LEDGER.name,
            longest=LONGEST_NOTE,
            width=12,
            hint="证明哪一项，从下拉列表选；多项用顿号隔开，某项指标的第 2 项要求写 1.1.3#2",
        ),
        Column("材料名称", longest=LONGEST_NAME, width=21),
        Column(
            "文件名或网址",
            ("文件名", "网址"),
            longest=LONGEST_TYPED,
            width=21,
            hint="与台账一起报来的文件的名字，如 培训通知.pdf；或以 http 开头的网址",
        ),
        Column("事实发生日期", kind=Kind.DAY, width=13),
        Column(
            "时间地点人物事由",
            longest=LONGEST_NOTE,
            width=21,
            hint="图片必填；人物写职务，不写姓名",
        ),
        Column("证明段落", longest=LONGEST_TYPED, width=21, hint="材料里能证明的那段文字"),
        Column("有效期至", kind=Kind.DAY, required=False, width=12),
        Column("承诺日期", kind=Kind.DAY, required=False, width=12, hint="还没有的材料何时能报"),
        Column("原材料编号", required=False, width=10, hint="换新版时写原来的编号，如 E0003"),
    ),
    title="证明材料",
    note="一行一份材料。文件与台账一起报来；已经报过的不必再写，见“已报材料”。",
    spare=20,
)
HANDED = Sheet(
    "已报材料",
    (
        Column("材料编号", locked=True, shown=True, width=10),
        Column("材料名称", locked=True, shown=True, width=32),
        Column("证明事项", locked=True, shown=True, width=16),
        Column("版次", kind=Kind.NUMBER, locked=True, shown=True, width=7),
        Column("事实发生日期", kind=Kind.DAY, locked=True, shown=True, width=13),
        Column("结果", locked=True, shown=True, width=10),
        Column("原因与待办", locked=True, shown=True, width=48),
    ),
    title="已报材料",
    note="只供查看。退回的改好后在“证明材料”表里另写一行，并写上原材料编号。",
    protected=True,
)
KEPT = "_台账标识"


def as_returned(sheet: Sheet) -> Sheet:
    """Return ``sheet`` as it may come back: a marked copy has one column more, which is not asked for."""
    return replace(sheet, columns=(*sheet.columns, _RETURNED))
