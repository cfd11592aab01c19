"""What a report quotes, by a fixed number of statements whatever the size: points, parts, words, days."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, stages_of
from models.database import as_day, run
from models.evidence.listing import EvidenceLine, evidence_lines
from models.figures.measuring import measured
from models.figures.scoring import score_lines
from models.keys import key_of
from models.papers.facts import (
    ChapterFacts,
    PointFacts,
    ProblemFacts,
    ReportFacts,
    SectionFacts,
    StageFacts,
    Total,
    UnitWords,
)
from models.papers.figured import (
    OfPoint,
    evidence_by_point,
    evidence_quoted,
    figures_by_point,
    score_rows,
    totals_quoted,
)
from models.papers.point_rows import MOST_SAID, PointParts, points_of_report
from models.papers.quoted import Missing, Quoted, Run, sourced, unended
from models.rules.figures.decimals import exact, in_figures
from models.rules.gates.checks import names
from models.rules.targets import RELATIONS
from models.rules.words import StageStatus

_TOTAL = """
    SELECT (SELECT count(*) FROM indicator WHERE campaign_id = :campaign AND level = 3
              AND NOT withdrawn) AS indicators,
           (SELECT count(*) FROM work_item WHERE campaign_id = :campaign AND NOT withdrawn) AS works,
           count(DISTINCT unit_id) AS units, count(*) AS parts,
           count(CASE WHEN state = 'done' THEN 1 END) AS done,
           count(CASE WHEN state = 'started' THEN 1 END) AS started,
           count(CASE WHEN state = 'open' THEN 1 END) AS waiting,
           count(CASE WHEN state = 'dropped' THEN 1 END) AS dropped
    FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn"""


class _Shown(NamedTuple):
    """What units said by point, and by code what was counted and what proves it."""

    said: Mapping[int, Sequence[Any]]
    figures: Mapping[str, OfPoint]
    evidence: Mapping[str, Sequence[EvidenceLine]]


def report_facts(session: Session, campaign: Campaign, today: date) -> ReportFacts:
    """Return what the report of ``campaign`` is written from on ``today``."""
    campaign_id = key_of(campaign)
    stages = stages_of(session, campaign_id)
    total = _total(session, campaign_id, stages)
    by_indicator = total.indicators.text != "0"
    rows, parts, said = points_of_report(session, campaign_id, today, by_indicator=by_indicator)
    scores = score_lines(session, campaign_id)
    shown = _Shown(
        said,
        figures_by_point(measured(session, campaign_id, today=today)),
        evidence_by_point(evidence_lines(session, campaign_id)),
    )
    return ReportFacts(
        campaign=campaign.title,
        issuer=campaign.issuer,
        document=_document(campaign),
        total=total,
        stages=[
            StageFacts(stage.name, stage.raw, StageStatus(stage.status).chinese) for stage in stages
        ],
        groups=_groups(campaign),
        by_indicator=by_indicator,
        chapters=_chapters(rows, parts, shown),
        problems=_problems(rows, parts, shown),
        scores=score_rows(scores),
        score_totals=[(f"{kind}：", total, "。") for kind, total in totals_quoted(scores)],
    )


def _total(session: Session, campaign_id: int, stages: Sequence[Stage]) -> Total:
    found = run(session, _TOTAL, {"campaign": campaign_id}).one()._asdict()
    notes = {
        "indicators": "指标表，三级指标",
        "works": "实施方案，工作任务",
        "units": "责任分解，承担任务的单位",
        "parts": "责任分解，每个单位承担的每项任务或指标计一条",
        "done": "责任分解，登记为已完成",
        "started": "责任分解，登记为进行中",
        "waiting": "责任分解，未登记进展",
        "dropped": "责任分解，登记为不适用并写明理由",
    }
    named = "、".join(one.name + (f"（{one.raw}）" if one.raw else "") for one in stages)
    count = str(len(stages))
    return Total(
        stages=Quoted("total/stages", count, f"实施方案，创建阶段，共 {count}：{named}。"),
        **{
            name: Quoted(f"total/{name}", str(found[name]), f"{note}，共 {found[name]}。")
            for name, note in notes.items()
        },
    )


def _document(campaign: Campaign) -> str:
    on = campaign.issued_on
    day = f"{on.year}年{on.month}月{on.day}日" if on else ""
    inside = "，".join(filter(None, (campaign.document_number, day)))
    return f"《{campaign.title}》" + (f"（{inside}）" if inside else "")


def _groups(campaign: Campaign) -> list[str]:
    """Return the leading and working groups that the plan names; their members are persons and left out."""
    groups = json.loads(campaign.plan_json or "{}").get("groups") or []
    return [str(group["name"]) for group in groups if group.get("name")]


def _chapters(
    rows: Sequence[Any], parts: Mapping[int, PointParts], shown: _Shown
) -> list[ChapterFacts]:
    chapters: dict[str, dict[str, list[PointFacts]]] = {}
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        own = parts.get(row.id, PointParts(row.id))
        section = chapters.setdefault(row.chapter or "", {}).setdefault(row.section or "", [])
        section.append(_point(row, own, shown))
        ids[row.chapter or ""].append(row.id)
    return [
        _chapter(title, sections, [parts.get(id_, PointParts(id_)) for id_ in ids[title]])
        for title, sections in chapters.items()
    ]


def _chapter(
    title: str, sections: Mapping[str, list[PointFacts]], parts: Sequence[PointParts]
) -> ChapterFacts:
    of = f"“{title}”" if title else "本部分"
    points, own = len(parts), sum(one.parts for one in parts)
    done = sum(one.done for one in parts)
    return ChapterFacts(
        title,
        [SectionFacts(name, found) for name, found in sections.items()],
        Quoted(
            f"chapter/{title}/points",
            str(points),
            f"指标表或实施方案，{of}之下的事项，共 {points} 项。",
        ),
        Quoted(
            f"chapter/{title}/parts", str(own), f"责任分解，{of}之下各单位承担的，共 {own} 条。"
        ),
        Quoted(
            f"chapter/{title}/done", str(done), f"责任分解，{of}之下登记为已完成的，共 {done} 条。"
        ),
    )


def _point(row: Any, own: PointParts, shown: _Shown) -> PointFacts:
    said, counts = shown.said.get(row.id, ()), shown.figures.get(row.code, OfPoint())
    missing = list(counts.missing)
    if not own.parts:
        missing.append(Missing(f"{row.code} 的责任单位", "在指标表或方案里写明责任单位后重新装入"))
    elif own.waiting == own.parts:
        missing.append(Missing(f"{row.code} 的工作情况", "由责任单位在台账里登记"))
    counted = f"{row.code} 的责任分解 {own.parts} 条：已完成 {own.done}、进行中 {own.started}、未开始 {own.waiting}、不适用 {own.dropped}。"
    return PointFacts(
        code=row.code,
        title=row.title,
        target=_target(row),
        leads=_leads(row.code, said),
        done=Quoted(f"{row.code}/done", f"{own.parts} 个单位中 {own.done} 个完成", counted),
        said=[_words(row.code, one) for one in said if one.note][:MOST_SAID],
        figures=counts.figures,
        evidence=evidence_quoted(row.code, shown.evidence.get(row.code, ())),
        missing=missing,
        is_open=bool(own.waiting + own.started),
    )


def _leads(code: str, said: Sequence[Any]) -> Run:
    """Return the units that lead, the first of them named; the note names all."""
    found = list(dict.fromkeys(one.unit for one in said if one.role == "lead"))
    note = f"责任分解，{code} 的牵头单位：{'、'.join(found)}。"
    return sourced(f"{code}/leads", names(found), note)


def _words(code: str, one: Any) -> UnitWords:
    note = f"{one.unit}登记在 {code} 的话。"
    return UnitWords(one.unit, sourced(f"{code}/said/{one.unit}", unended(one.note), note))


def _target(row: Any) -> Run:
    if not row.op or row.value is None:
        return ""
    said = f"{RELATIONS[row.op][0]}{in_figures(exact(row.value))}{row.unit_of_value}"
    return Quoted(f"{row.code}/target", said, f"{row.source} {row.code} 的目标值。")


def _problems(
    rows: Sequence[Any], parts: Mapping[int, PointParts], shown: _Shown
) -> list[ProblemFacts]:
    found = []
    for row in rows:
        own = parts.get(row.id, PointParts(row.id))
        leads, due = _leads(row.code, shown.said.get(row.id, ())), as_day(own.due)
        if own.late:
            note = f"{row.code} 的责任分解，截止日已过、尚未完成的，共 {own.late} 条。"
            why = Quoted(f"{row.code}/late", f"{own.late} 个单位逾期未完成", note)
            found.append(ProblemFacts(row.code, row.title, leads, why, due))
        for short in shown.figures.get(row.code, OfPoint()).short:
            found.append(ProblemFacts(row.code, row.title, leads, short, due))
    return found
