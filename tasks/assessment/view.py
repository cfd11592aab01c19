"""What a drill shows: each method with its sample, record, workpaper and score, and what all come to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.assessment.drawing import newest_draw
from models.assessment.drill import Drill, DrillDraw, Workpaper, drill_coded, drills_of
from models.assessment.drills import begun_methods
from models.assessment.marks import JudgedItem, judged_items, scores_by_unit
from models.assessment.results import combined_of
from models.assessment.workpapers import newest_workpaper
from models.campaign.campaign import looking_at
from models.keys import key_of
from models.rules.assessment.combining import Combined
from models.rules.assessment.words import DRAWN, DrillState, Method
from models.units.unit import units_of
from tasks.assessment.records import drawn_of

DRILL_HEAD = ("编号", "名称", "日期", "由谁评估", "进展", "结果")
METHOD_HEAD = ("方式", "抽样", "工作底稿", "得分", "依据")
ITEM_HEAD = ("序号", "样本", "单位", "类别", "各评查人", "相差", "结果")
UNIT_HEAD = ("单位", "评了", "平均分")


@dataclass(frozen=True, slots=True)
class DrillView:
    """A drill with a row for each method that was begun, and what they come to."""

    head: str
    rows: Sequence[tuple[str, str, str, str, str]]
    combined: Combined


@dataclass(frozen=True, slots=True)
class ItemView:
    """A method's sample, item by item, and unit by unit in the units' fixed order."""

    head: str
    rows: Sequence[tuple[str, str, str, str, str, str, str]]
    units: Sequence[tuple[str, str, str]]


def drill_rows(slug: str | None) -> list[tuple[str, ...]]:
    """Return a row for each drill, in the order of their numbers."""
    with looking_at(slug) as (session, campaign):
        return [
            (
                one.code,
                one.title,
                f"{one.begin} 至 {one.due}",
                one.assessor + ("（第三方）" if one.third_party else ""),
                DrillState(one.state).chinese,
                combined_of(session, one).words,
            )
            for one in drills_of(session, key_of(campaign))
        ]


def drill_view(slug: str | None, drill: str) -> DrillView:
    """Return what a drill shows; a method that was not begun has no row and is named as missing."""
    with looking_at(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        rows = [
            _method_row(session, found, method) for method in begun_methods(session, key_of(found))
        ]
        return DrillView(drill_head(found), rows, combined_of(session, found))


def item_view(slug: str | None, drill: str, method: Method) -> ItemView:
    """Return a method's sample with what each reviewer said of each item, and how far they differ."""
    with looking_at(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        draw = drawn_of(session, found, method)
        items = judged_items(session, draw)
        order = {one.name: n for n, one in enumerate(units_of(session, key_of(campaign)))}
        units = sorted(scores_by_unit(items), key=lambda one: order.get(one[0], len(order)))
        head = f"{found.code} {method.chinese}：总体 {draw.population} 个，抽 {draw.size} 个"
        return ItemView(
            head,
            [_item_row(one) for one in items],
            [(unit, str(count), _points(score)) for unit, count, score in units],
        )


def drill_head(drill: Drill) -> str:
    """Return a drill in one line."""
    third = "（第三方）" if drill.third_party else ""
    return (
        f"{drill.code} {drill.title}：{drill.begin} 至 {drill.due}，由{drill.assessor}{third}评估，"
        f"{DrillState(drill.state).chinese}"
    )


def _method_row(session: Session, drill: Drill, method: Method) -> tuple[str, str, str, str, str]:
    draw = newest_draw(session, key_of(drill), method) if method in DRAWN else None
    paper = newest_workpaper(session, key_of(drill), method)
    score = _points(paper.score) if paper else ""
    return (
        method.chinese,
        _draw_words(draw),
        _paper_words(paper),
        score,
        paper.basis if paper else "",
    )


def _draw_words(draw: DrillDraw | None) -> str:
    if draw is None:
        return ""
    drawn = "已抽取" if draw.drawn_at else "已公布种子，还没有抽取"
    return f"{draw.population} 抽 {draw.size}，{drawn}"


def _paper_words(paper: Workpaper | None) -> str:
    if paper is None:
        return "还没有编制"
    state = f"{paper.reviewed_by}复核" if paper.reviewed_at else "还没有复核"
    return f"第 {paper.revision} 版，{paper.made_by}编制，{state}"


def _item_row(one: JudgedItem) -> tuple[str, str, str, str, str, str, str]:
    said = "；".join(f"{name} {each.words}" for name, each in one.judged.by_reviewer.items())
    several = len(one.judged.by_reviewer) > 1
    result = "要合议" if one.judged.disputed else _points(one.judged.score)
    return (
        str(one.item.position),
        one.item.key,
        one.item.unit,
        one.item.trade,
        said or "还没有评",
        f"{one.judged.apart:.2f}" if several else "",
        result,
    )


def _points(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"
