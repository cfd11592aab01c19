"""The list that lies beside a folder of evidence: a row for each piece; and the demands it may name."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.evidence.demands.keeping import demand_lines
from models.keys import key_of
from models.rules.bounds import LONGEST_NAME, LONGEST_NOTE, LONGEST_PASSAGE, LONGEST_TYPED
from models.rules.calendar.moment import Moment
from tasks.figures.demands_ready import read_demands_first
from tasks.lists.belonging import EVIDENCE as TITLE
from tasks.lists.belonging import list_title
from tasks.workbook.cells import YES_NO
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.writing import write_workbook

FILE = "文件名或网址"
PIECES_LISTED = Sheet(
    "材料清单",
    (
        Column(
            FILE,
            ("文件名", "网址"),
            longest=LONGEST_TYPED,
            width=26,
            hint="与清单放在一起的文件，如 培训通知.pdf；或以 http 开头的网址；同一份材料换说明也写同一个文件",
        ),
        Column("材料名称", ("名称",), longest=LONGEST_NAME, width=26),
        Column("提供单位", required=False, width=16, hint="默认为报送人的单位"),
        Column(
            "证明事项",
            ("编号", "事项编号"),
            longest=LONGEST_NOTE,
            width=14,
            hint="W5、1.1.3 或 1.1.3#2（第 2 项要求），多项用顿号隔开；编号见“可证明的要求”表",
        ),
        Column(
            "时间地点人物事由",
            required=False,
            longest=LONGEST_NOTE,
            width=28,
            hint="人物写职务，不写姓名",
        ),
        Column(
            "证明段落",
            required=False,
            longest=LONGEST_TYPED,
            width=28,
            hint="材料里能证明的那段文字",
        ),
        Column("事实发生日期", kind=Kind.DAY, required=False, width=13),
        Column("生效日期", kind=Kind.DAY, required=False, width=12),
        Column("有效期至", kind=Kind.DAY, required=False, width=12),
        Column("承诺日期", kind=Kind.DAY, required=False, width=12, hint="还没有的材料何时能报"),
        Column("公开", required=False, choices=YES_NO, width=7, hint="将来要对外公开的选 是"),
        Column("原材料编号", required=False, width=10, hint="换新版时写原来的编号，如 E0003"),
    ),
    title=TITLE,
    note=(
        "一行一份材料，与材料放在同一个文件夹。好的行当即收下，有误的行标红退回，改好再装入一次即可。"
        "涉密的文件一律不要放进来；只写职务，不写姓名、电话和身份证号。"
    ),
    spare=60,
)
CAN_BE_PROVED = Sheet(
    "可证明的要求",
    (
        Column("要求号", locked=True, width=12),
        Column("事项", locked=True, longest=LONGEST_PASSAGE, width=34),
        Column("要求内容", locked=True, longest=LONGEST_PASSAGE, width=60),
    ),
    title="可证明的要求",
    note="只供查编号。",
    protected=True,
)


def write_evidence_template(slug: str | None, path: Path, moment: Moment) -> int:
    """Write an empty list of evidence with the demands there are beside it; return how many demands.

    The demands are read first where that was not done yet.
    """
    read_demands_first(slug, moment)
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, TITLE, moment.today)
        lines = [one for one in demand_lines(session, key_of(campaign)) if not one.withdrawn]
    rows = [(one.name, one.title, one.text) for one in lines]
    write_workbook(path, [PIECES_LISTED.filled((), title), CAN_BE_PROVED.filled(rows)])
    return len(rows)
