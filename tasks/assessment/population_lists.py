"""The lists that samples are drawn from, out with what is known and back: files, places, public items."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.assessment.populations import public_items, unit_places
from models.errors import CampaignError
from models.rules.assessment.areas import area_of
from models.rules.assessment.sample_item import SampleItem
from models.rules.assessment.words import CaseKind, Method
from models.rules.bounds import A_DAY, LONGEST_NAME, LONGEST_TYPED
from models.rules.calendar.moment import Moment
from tasks.lists.belonging import DRAWN_FROM as TITLE
from tasks.lists.names import unit_in
from tasks.lists.sending import Listed, send_list
from tasks.workbook.cells import as_day, as_name
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

_UNIT = Column("单位", width=22)
_AREA = Column("地域", ("地区",), required=False, width=12, hint="如 永昌县；空着的按单位名称认")
CASES = Sheet(
    "案卷名单",
    (
        Column("案卷编号", ("编号", "文号"), width=24, longest=LONGEST_NAME),
        _UNIT,
        Column("种类", choices=tuple(kind.chinese for kind in CaseKind), width=8),
        Column("办结日期", ("日期",), kind=Kind.DAY, required=False, width=13),
        _AREA,
    ),
    title=TITLE,
    note="评估期内办结的案卷全部列入，一行一卷，只写编号，不写当事人姓名；抽哪几卷由公布的种子决定。",
    spare=200,
)
PLACES = Sheet(
    "地点名单",
    (
        Column("地点", ("编号", "名称"), width=26, longest=LONGEST_NAME),
        _UNIT,
        _AREA,
        Column(
            "行业", ("领域",), required=False, width=14, hint="如 政务服务、行政执法、公共法律服务"
        ),
    ),
    title=TITLE,
    note="可以实地看的地点全部列入，一行一处；每个单位至少一处，县区、乡镇、窗口、执法队、司法所都可以列。",
    spare=100,
)
PUBLIC = Sheet(
    "公开事项名单",
    (
        Column("编号", width=10),
        Column("事项", ("名称",), width=40, longest=LONGEST_TYPED),
        _UNIT,
        Column(
            "网址",
            required=False,
            width=44,
            longest=LONGEST_TYPED,
            hint="以 http 开头；没有登记网址的空着",
        ),
        _AREA,
    ),
    title=TITLE,
    note="应当向社会公开的事项，一行一项；登记为对外公开的材料和网址已经列在里面，政府门户网站上别的公开事项加在下面。",
    spare=100,
)
LISTS: Mapping[Method, Sheet] = {
    Method.SEARCH: PUBLIC,
    Method.CASE_FILES: CASES,
    Method.SITE: PLACES,
}


def listed_population(method: Method) -> Sheet:
    """Return the list that a method's sample is drawn from; raises CampaignError for one without a list."""
    if method not in LISTS:
        named = "、".join(one.chinese for one in LISTS)
        raise CampaignError(f"{method.chinese}不用名单；有名单的是{named}")
    return LISTS[method]


def export_population(slug: str | None, method: Method, path: Path, moment: Moment) -> int:
    """Write the list that a method's sample is drawn from, with what the tables know; return how many rows."""

    def rows(session: Session, campaign_id: int) -> Listed:
        if method is Method.SEARCH:
            found = public_items(session, campaign_id)
            return [(one.key, one.title, one.unit, one.detail, one.area) for one in found], ""
        if method is Method.SITE:
            found = unit_places(session, campaign_id)
            return [(one.title, one.unit, one.area, "") for one in found], ""
        return [], ""

    return send_list(slug, listed_population(method), path, moment, rows)


def read_population_rows(
    book: Book, method: Method, units: Mapping[str, str], today: date
) -> list[SampleItem]:
    """Return the rows of a list that came back; faults stay in the book. ``units`` are all names with bodies."""
    sheet = listed_population(method)
    first: dict[str, int] = {}
    found = []
    for row in book.rows(sheet):
        one = _item(row, method, units, today)
        if one is None:
            continue
        row.once(sheet.columns[0].name, one.key, first)
        found.append(one)
    if not found and not book.faults.lines:
        book.faults.add(f"表“{sheet.name}”里一行也没有填")
    return found


def _item(row: Row, method: Method, units: Mapping[str, str], today: date) -> SampleItem | None:
    name = LISTS[method].columns[0].name
    key = row.text(name)
    if not key:
        row.fault(name, "没有填写")
    written = as_name(row.cell("单位"))
    known = unit_in(row, "单位", written, units)
    if not key or known is None:
        return None
    area = row.text("地域") or area_of(known)
    if method is Method.SEARCH:
        return SampleItem(key, known, area, "", row.text("事项"), row.text("网址"))
    if method is Method.SITE:
        return SampleItem(key, known, area, row.text("行业"), key)
    return _case(row, SampleItem(key, known, area), today)


def _case(row: Row, item: SampleItem, today: date) -> SampleItem:
    kinds = [kind.chinese for kind in CaseKind]
    kind = row.text("种类").removeprefix("行政")
    if kind not in kinds:
        row.fault("种类", f"写的是“{kind}”，应为{_either(kinds)}")
    day = row.read("办结日期", as_day, A_DAY)
    if day and day > today:
        row.fault("办结日期", f"{day} 还没有到")
    detail = f"{day} 办结" if day else ""
    return SampleItem(item.key, item.unit, item.area, kind, f"行政{kind}案卷", detail)


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{'、'.join(first)}或{last}"
