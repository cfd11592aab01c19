"""The office's scoring table: out with every indicator, and back with points, method and floor."""

import re
import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from models.campaign.campaign import looking_at
from models.figures.rules import NewRule, rule_faults, store_rules, table_doubts
from models.figures.scoring import ScoreLine, score_lines
from models.keys import key_of
from models.rules.bounds import LONGEST_PASSAGE
from models.rules.calendar.days import half_width
from models.rules.calendar.moment import Moment
from models.rules.figures.brackets import floor_doubt, points_doubt
from models.rules.figures.decimals import exact, in_figures
from models.rules.words import OFFICE
from tasks.lists.belonging import RULES as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_code, as_number, as_text
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

RULES = Sheet(
    "评分标准",
    (
        Column("编号", locked=True, width=10),
        Column("级别", locked=True, shown=True, width=7),
        Column("指标内容", locked=True, shown=True, longest=LONGEST_PASSAGE, width=46),
        Column(
            "分值",
            ("分数", "满分"),
            kind=Kind.NUMBER,
            width=8,
            hint="只填数字，如 2.5；没有分值的空着",
        ),
        Column(
            "评分办法",
            ("评分标准", "测评方式", "扣分标准"),
            required=False,
            longest=LONGEST_PASSAGE,
            width=46,
            hint="照抄评分表：如 每起扣2分，扣完为止",
        ),
        Column(
            "最低分", kind=Kind.NUMBER, required=False, width=8, hint="扣到多少为止；不填即为 0"
        ),
        Column("核对码", required=False, locked=True, hidden=True, width=8),
    ),
    title=TITLE,
    note=(
        "照本级评分表填分值和评分办法；国家指标体系没有分值，没有自己评分表的不必填，按 达到、基本达到、没有达到 评定。"
        "分值写在哪一级就填在哪一级；一级指标只有占比的，写 15% 这样的数。下级分值应加得出上级，装入时逐级核对。"
    ),
    protected=True,
    still=1,
)
LEVELS = {1: "一级", 2: "二级", 3: "三级"}
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%")
COUNTS = re.compile(r"([0-9]{1,4})[/、,-]([0-9]{1,4})[/、,-]([0-9]{1,4})")


def export_rules(slug: str | None, path: Path, moment: Moment) -> tuple[int, int]:
    """Write the scoring table as it stands; return how many indicators, and how many have points."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, TITLE, moment.today)
        lines = score_lines(session, key_of(campaign))
    write_workbook(path, [RULES.filled([_cells(line) for line in lines], title)])
    return len(lines), sum(line.possible is not None for line in lines)


def _cells(line: ScoreLine) -> tuple[str | float | None, ...]:
    points = None if line.possible is None else _number(line.possible)
    floor = _number(line.floor) if line.floor else None
    mark = _mark(points, line.method, floor)
    return line.code, LEVELS[line.level], line.title, points, line.method, floor, mark


def _number(number: Decimal) -> float:
    return int(number) if number == int(number) else float(number)


def _mark(*said: object) -> str:
    return f"{zlib.crc32('|'.join(as_text(one) for one in said).encode()):08x}"


def load_rules(
    slug: str | None,
    path: Path,
    by: str,
    stated: tuple[int, Sequence[int]],
    *,
    moment: Moment,
) -> Loaded:
    """Take the scoring table in; only rows that say something new are written. Repeatable.

    ``stated`` are the total of all points and how many indicators there are on each level (none:
    not said). What does not add up, and points written inside a text, is named and not refused.
    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    total, counts = Decimal(stated[0]), stated[1]
    with returned(slug, path, (RULES,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        lines = {as_code(line.code): line for line in score_lines(session, campaign_id)}
        rules, asked, rows = _read(taken.book, lines, total)
        taken.book.faults.stop()
        count = store_rules(session, campaign_id, rules, by.strip() or OFFICE, moment)
        after = score_lines(session, campaign_id)
        notes = [*asked, *table_doubts(after, total, counts)]
        worth = [line for line in after if line.counts and line.possible is not None]
        whole = in_figures(sum((line.possible or Decimal(0) for line in worth), Decimal(0)))
        said = f"{len(worth)} 项有分值，合计 {whole} 分" if worth else "没有分值"
        return taken.loaded(count, f"读到 {rows} 行，{count} 处变更", said, notes=notes)


def _read(
    book: Book, lines: Mapping[str, ScoreLine], total: Decimal
) -> tuple[list[NewRule], list[str], int]:
    """Return what the rows say anew, what to ask about them, and how many there are."""
    rules: list[NewRule] = []
    asked: list[str] = []
    first: dict[str, int] = {}
    for row in book.rows(RULES):
        code = as_code(row.cell("编号"))
        line = lines.get(code)
        if line is None:
            row.fault("编号", f"没有编号为“{code}”的指标" if code else "没有填写")
            first.setdefault(code, row.number)
            continue
        book.grey.compare(row, RULES, (line.code, LEVELS[line.level], line.title))
        if first.setdefault(code, row.number) != row.number:
            row.fault("编号", f"{code} 与第 {first[code]} 行重复")
            continue
        rule, touched = _rule(row, line, total)
        if rule is None:
            continue
        worth = None if rule.points is None else exact(rule.points)
        doubts = [
            points_doubt(line.title, rule.method, worth, total),
            floor_doubt(rule.method, exact(rule.floor)),
        ]
        place = f"表“{row.sheet}”第 {row.number} 行：{line.code}"
        asked += [f"{place} {doubt}" for doubt in doubts if doubt]
        if touched:
            for fault in rule_faults(line, rule):
                row.fault("最低分" if fault.startswith("最低分") else "分值", fault)
            rules.append(rule)
    return rules, asked, len(first)


def _rule(row: Row, line: ScoreLine, total: Decimal) -> tuple[NewRule | None, bool]:
    """Return what a row says, and whether anybody touched it; None where a cell is no number."""
    said = [row.text(name) for name in ("分值", "评分办法", "最低分")]
    touched = row.text("核对码") != _mark(*said)
    written = half_width(said[0]).replace(" ", "").removesuffix("分")
    if share := _SHARE.fullmatch(written):
        points: float | None = float(Decimal(share[1]) * total / 100)
    else:
        points = row.read("分值", lambda _: as_number(written), "数字，如 2.5，或 15% 这样的占比")
        if points is None and written:
            return None, False
    floor = row.read("最低分", as_number, "数字")
    if floor is None and said[2]:
        return None, False
    return NewRule(line.indicator_id, points, said[1], floor or 0.0), touched


def counts_of(written: str) -> tuple[int, ...]:
    """Return how many indicators there are on each level, from 10/34/104; none where nothing is written.

    Raises ValueError for anything else.
    """
    said = half_width("".join(written.split()))
    if not said:
        return ()
    found = COUNTS.fullmatch(said)
    if not found:
        raise ValueError(written)
    return tuple(map(int, found.groups()))
