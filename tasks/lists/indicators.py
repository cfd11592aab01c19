"""The table of indicators: the official system as the office has it, with who leads and who helps."""

from collections.abc import Iterator
from pathlib import Path

from models.evidence.demands.goals import goals_left
from models.evidence.demands.keeping import demand_lines, doubts_of, ensure_demands
from models.figures.carrying import carry_figures
from models.loading.indicators import store_indicators
from models.loading.units import add_units, group_ids, listed_units
from models.rules.calendar.moment import Moment
from tasks.lists.indicator_answers import answered
from tasks.lists.indicator_demands import Asked, read_asked, store_asked, store_worth
from tasks.lists.indicator_rows import Names, read_rows
from tasks.lists.indicator_sheets import (
    ASKED_OF,
    HIDDEN,
    INDICATORS,
    LOOK_AT,
    TEMPLATE,
    WHOLE_TEXT,
)
from tasks.lists.names import key
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import as_name, as_text, half_width
from tasks.workbook.declaring import FIRST_ROW, Column, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.writing import write_workbook

EXAMPLE, GUIDE = "示例", "填写说明"
EXAMPLES = (
    ("1", "1", "", "（示例）政府职能依法全面履行", *[""] * 5, "20", *[""] * 4),
    ("1.1", "2", "1", "（示例）优化法治化营商环境", *[""] * 3, "市司法局", "", "10", *[""] * 4),
    (
        *("1.1.1", "3", "1.1", "（示例）行政许可事项按时办结率", "不低于", "95", "%"),
        *("市政务服务中心", "市司法局、市市场监管局"),
        *("4", "每低1个百分点扣1分，扣完为止", "", "查阅资料\n实地考察", "办结台账\n统计报表"),
    ),
    (
        *("1.1.2", "3", "1.1", "（示例）涉企重复检查次数", "不超过", "2", "次"),
        *("市司法局", "各行政执法部门单位", "3", "", "", "抽查案卷", "检查计划"),
    ),
    (
        "1.1.3",
        "3",
        "1.1",
        "（示例）建立公平竞争审查制度",
        *[""] * 3,
        "市市场监管局",
        "",
        "3",
        *[""] * 4,
    ),
)
GUIDANCE = (
    (
        "编号",
        "官方指标体系里的编号，如 1、1.1、1.1.1。不可重复，不可用 W、S、M、D 加数字的写法（那是任务和节点的编号）。",
    ),
    ("级别", "1、2、3，即一级、二级、三级指标。"),
    ("上级编号", "二级指标写所属一级指标的编号，三级指标写所属二级指标的编号；一级指标留空。"),
    ("指标内容", "指标的名称或要求，必填。"),
    (
        "关系",
        "不低于（>=）、不超过（<=）、高于（>）、低于（<）、等于（==），与目标值同时填或同时空。",
    ),
    ("目标值", "只填数字。百分数写 95 并在计量单位写 %，或直接写 95%。"),
    ("计量单位", "%、个、次、件等。"),
    ("牵头单位", "名册里的单位名称或别名，多个用顿号隔开。"),
    ("责任单位", "同上；也可写单位类别，成员在 shifan units export 导出的表里填写。"),
    ("分值、评分办法、最低分", "本级评分表有的照抄，没有的留空；最低分不填即为 0。"),
    ("测评方法、佐证材料", "怎样测评、要求提供哪些材料，一行一种；没有的留空。"),
    ("截止日期", "不用填：指标的截止日期是实施推进阶段的结束日。"),
    ("再次装入", "修改后再装入同一张表即可；表里删去的指标标为撤销，已登记的进展保留。"),
)
GUIDE_SHEET = Sheet(
    GUIDE,
    (Column("列", locked=True, width=16), Column("怎么填", locked=True, width=100)),
    title="指标表填写说明",
    note="在“指标”表里填写，填好后运行 shifan indicators load 文件名",
)


def write_template(path: Path) -> None:
    """Write an empty table of indicators with an example and a guide beside it."""
    example = Sheet(
        EXAMPLE,
        TEMPLATE.columns,
        title="指标表示例（内容为虚构，不会装入）",
        note=INDICATORS.note,
    )
    sheets = (TEMPLATE.filled(()), example.filled(EXAMPLES), GUIDE_SHEET.filled(GUIDANCE))
    write_workbook(path, sheets)


def _look_at_example(book: Book) -> None:
    """Name what was filled in on the sheet of examples, where nothing is read."""
    for page in book.pages:
        if as_name(page.name) == EXAMPLE:
            ours = {tuple(map(half_width, row)) for row in EXAMPLES}
            lines = [[half_width(as_text(cell)) for cell in line] for line in page.grid[FIRST_ROW:]]
            own = sum(any(line) and tuple(line) not in ours for line in lines)
            if own:
                book.note(f"表“{page.name}”里改过的 {own} 行没有收；请填到表“{INDICATORS.name}”里")


def load_indicators(
    slug: str | None, path: Path, *, moment: Moment, may_add_units: bool = False
) -> Loaded:
    """Take the office's table of indicators in; the second time it changes nothing.

    Unknown units are faults, or are added with ``may_add_units`` unless they look like a slip of the
    pen. Raises PlanError with every fault; nothing is written then.
    """
    aside = (EXAMPLE, GUIDE, WHOLE_TEXT.name)
    with returned(slug, path, (INDICATORS, ASKED_OF, LOOK_AT), moment, aside=aside) as taken:
        session, book, campaign_id = taken.session, taken.book, taken.campaign_id
        book.kept(HIDDEN)
        names = Names(listed_units(session, campaign_id), group_ids(session, campaign_id))
        lines = read_rows(book, names)
        asked_of = read_asked(book, [entry.code for _, entry, _ in lines])
        kept = answered(book, [entry for _, entry, _ in lines], asked_of)
        _look_at_example(book)
        book.look_aside(WHOLE_TEXT)
        book.look_aside(GUIDE_SHEET, [text for row in GUIDANCE for text in row])
        names.tell_unknown(may_add_units)
        book.faults.stop()
        fresh = names.unknown()
        names.units |= {key(n): i for n, i in add_units(session, campaign_id, fresh).items()}
        entries = [
            names.resolved(kept[entry.code], named)
            for _, entry, named in lines
            if entry.code in kept
        ]
        changes = store_indicators(session, campaign_id, entries)
        if changes.count or fresh:
            more = {"units_added": fresh} if fresh else {}
            taken.record("indicators-loaded", changes.facts(**more))
        worth = store_worth(taken, entries)
        asked = list(_demands_made(taken, asked_of))
        levels = [entry.level for entry in entries]
        withdrawn = len(changes.words["withdrawn"])
        unassigned = sum(e.level == 3 and not e.units and not e.groups for e in entries)
        return taken.loaded(
            changes.count + len(fresh),
            f"{changes.count + len(fresh)} 处变更",
            "一、二、三级指标 {} / {} / {} 个".format(*map(levels.count, (1, 2, 3))),
            f"新增责任分解 {changes.numbers['assigned']} 条",
            f"撤销指标 {withdrawn} 个" if withdrawn else "",
            f"分值 {worth} 个" if worth else "",
            f"新增单位：{'、'.join(fresh)}" if fresh else "",
            f"{unassigned} 个三级指标还没有单位" if unassigned else "",
            *asked,
            taken.without_members(),
        )


def _demands_made(taken: Returned, asked_of: Asked) -> Iterator[str]:
    """Bring the demands in line with the indicators, and say what of them is to be looked at."""
    session, campaign_id = taken.session, taken.campaign_id
    if made := ensure_demands(session, campaign_id):
        taken.record("demands-made", {"amount": made})
        yield f"拆分要求 {made} 项"
    if said := store_asked(taken, asked_of):
        yield f"按表里写的改了要求 {said} 项"
    demands = demand_lines(session, campaign_id)
    if doubted := len(doubts_of(demands)):
        yield f"{doubted} 项要求请核对，见 shifan demands export"
    carried = carry_figures(session, campaign_id, demands)
    if carried.amount:
        taken.record("figures-carried", {"amount": carried.amount})
        yield f"按方案填报过的数据转到指标下 {carried.amount} 个"
    if carried.left:
        yield f"按方案填报过的这些数据没有对应的指标，不再对照：{'、'.join(carried.left)}"
    if left := goals_left(session, campaign_id, demands):
        yield f"方案里这些目标值指标表没有写到，请核对：{'、'.join(left)}"
