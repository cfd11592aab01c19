"""What a report quotes, by a fixed number of statements whatever the size: points, parts, words, days."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session

from models.campaign.campaign import Campaign, stages_of
from models.database import as_day, run
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
from models.papers.quoted import Missing, Quoted
from models.rules.gates.checks import names
from models.rules.targets import RELATIONS
from models.rules.words import StageStatus

MOST_SAID = (
    3  # units whose own words stand at a point, those that lead first; the others are counted
)

# What the report goes through: indicators of the third level, or work items.
_INDICATORS = """
    SELECT i.id, i.code, i.title, i.op, i.value, i.unit_of_value,
           p.title AS section, coalesce(g.title, p.title, '') AS chapter
    FROM indicator i
    LEFT JOIN indicator p ON p.id = i.parent_id
    LEFT JOIN indicator g ON g.id = p.parent_id
    WHERE i.campaign_id = :campaign AND i.level = 3 AND NOT i.withdrawn ORDER BY i.id"""

_WORKS = """
    SELECT w.id, 'W' || w.ordinal AS code, w.title, '' AS op, NULL AS value, '' AS unit_of_value,
           '' AS section, w.section AS chapter
    FROM work_item w WHERE w.campaign_id = :campaign AND NOT w.withdrawn ORDER BY w.ordinal"""

_PARTS = """
    SELECT {point} AS point, count(*) AS parts,
           count(*) FILTER (WHERE state = 'done') AS done,
           count(*) FILTER (WHERE state = 'started') AS started,
           count(*) FILTER (WHERE state = 'open') AS waiting,
           count(*) FILTER (WHERE state = 'dropped') AS dropped,
           count(*) FILTER (WHERE state IN ('open', 'started') AND due < :today) AS late,
           count(*) FILTER (WHERE note <> '') AS notes,
           min(CASE WHEN state IN ('open', 'started') THEN due END) AS due
    FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn AND {point} IS NOT NULL
    GROUP BY {point}"""

_SAID = """
    SELECT point, unit, role, state, note FROM (
        SELECT a.{point} AS point, u.name AS unit, a.role, a.state, a.note,
               row_number() OVER (PARTITION BY a.{point}, a.note = ''
                                  ORDER BY CASE a.role WHEN 'lead' THEN 0 ELSE 1 END, u.id) AS place
        FROM assignment a JOIN unit u ON u.id = a.unit_id
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.{point} IS NOT NULL) AS ranked
    WHERE role = 'lead' OR (note <> '' AND place <= :most) ORDER BY point, place"""

_TOTAL = """
    SELECT (SELECT count(*) FROM indicator WHERE campaign_id = :campaign AND level = 3
              AND NOT withdrawn) AS indicators,
           (SELECT count(*) FROM work_item WHERE campaign_id = :campaign AND NOT withdrawn) AS works,
           count(DISTINCT unit_id) AS units, count(*) AS parts,
           count(*) FILTER (WHERE state = 'done') AS done,
           count(*) FILTER (WHERE state = 'started') AS started,
           count(*) FILTER (WHERE state = 'open') AS waiting,
           count(*) FILTER (WHERE state = 'dropped') AS dropped
    FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn"""


class _Parts(NamedTuple):
    """How far the parts of one point are."""

    point: int
    parts: int = 0
    done: int = 0
    started: int = 0
    waiting: int = 0
    dropped: int = 0
    late: int = 0
    notes: int = 0
    due: Any = None


def report_facts(session: Session, campaign: Campaign, today: date) -> ReportFacts:
    """Return what the report of ``campaign`` is written from on ``today``."""
    campaign_id = key_of(campaign)
    total = _total(session, campaign_id)
    by_indicator = total.indicators.text != "0"
    point = "indicator_id" if by_indicator else "work_item_id"
    one = {"campaign": campaign_id, "today": today, "most": MOST_SAID}
    rows = list(run(session, _INDICATORS if by_indicator else _WORKS, one))
    parts = {row[0]: _Parts(*row) for row in run(session, _PARTS.format(point=point), one)}
    said: dict[int, list[Any]] = defaultdict(list)
    for row in run(session, _SAID.format(point=point), one):
        said[row.point].append(row)
    return ReportFacts(
        campaign=campaign.title,
        issuer=campaign.issuer,
        document=_document(campaign),
        total=total,
        stages=[
            StageFacts(stage.name, stage.raw, StageStatus(stage.status).chinese)
            for stage in stages_of(session, campaign_id)
        ],
        groups=_groups(campaign),
        by_indicator=by_indicator,
        chapters=_chapters(rows, parts, said),
        problems=_problems(rows, parts, said),
        scores=[],
    )


def _total(session: Session, campaign_id: int) -> Total:
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
    return Total(
        **{
            name: Quoted(f"total/{name}", str(found[name]), f"{note}，共 {found[name]}。")
            for name, note in notes.items()
        }
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
    rows: Sequence[Any], parts: Mapping[int, _Parts], said: Mapping[int, Sequence[Any]]
) -> list[ChapterFacts]:
    chapters: dict[str, dict[str, list[PointFacts]]] = {}
    ids: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        own = parts.get(row.id, _Parts(row.id))
        section = chapters.setdefault(row.chapter or "", {}).setdefault(row.section or "", [])
        section.append(_point(row, own, said.get(row.id, ())))
        ids[row.chapter or ""].append(row.id)
    return [
        _chapter(title, sections, [parts.get(id_, _Parts(id_)) for id_ in ids[title]])
        for title, sections in chapters.items()
    ]


def _chapter(
    title: str, sections: Mapping[str, list[PointFacts]], parts: Sequence[_Parts]
) -> ChapterFacts:
    of = f"“{title}”" if title else "本部分"
    points, own = len(parts), sum(one.parts for one in parts)
    done = sum(one.done for one in parts)
    return ChapterFacts(
        title,
        [SectionFacts(name, found) for name, found in sections.items()],
        Quoted(f"chapter/{title}/points", str(points), f"{of}之下，共 {points} 项。"),
        Quoted(
            f"chapter/{title}/parts", str(own), f"责任分解，{of}之下各单位承担的，共 {own} 条。"
        ),
        Quoted(
            f"chapter/{title}/done", str(done), f"责任分解，{of}之下登记为已完成的，共 {done} 条。"
        ),
    )


def _point(row: Any, own: _Parts, said: Sequence[Any]) -> PointFacts:
    missing = []
    if not own.parts:
        missing.append(Missing(f"{row.code} 的责任单位", "在指标表或方案里写明责任单位后重新装入"))
    elif own.waiting == own.parts:
        missing.append(Missing(f"{row.code} 的工作情况", "由责任单位在台账里登记"))
    counted = f"{row.code} 的责任分解 {own.parts} 条：已完成 {own.done}、进行中 {own.started}、未开始 {own.waiting}、不适用 {own.dropped}。"
    return PointFacts(
        code=row.code,
        title=row.title,
        target=_target(row),
        leads=_leads(said),
        done=Quoted(f"{row.code}/done", f"{own.parts} 个单位中 {own.done} 个完成", counted),
        said=[UnitWords(one.unit, one.note) for one in said if one.note][:MOST_SAID],
        missing=missing,
        is_open=bool(own.waiting + own.started),
    )


def _leads(said: Sequence[Any]) -> str:
    return names(list(dict.fromkeys(one.unit for one in said if one.role == "lead")))


def _target(row: Any) -> str:
    if not row.op or row.value is None:
        return ""
    return f"{RELATIONS[row.op][0]}{row.value:g}{row.unit_of_value}"


def _problems(
    rows: Sequence[Any], parts: Mapping[int, _Parts], said: Mapping[int, Sequence[Any]]
) -> list[ProblemFacts]:
    found = []
    for row in rows:
        own = parts.get(row.id)
        if own and own.late:
            note = f"{row.code} 的责任分解，截止日已过、尚未完成的，共 {own.late} 条。"
            leads = _leads(said.get(row.id, ()))
            why = Quoted(f"{row.code}/late", f"{own.late} 个单位逾期未完成", note)
            found.append(ProblemFacts(row.code, row.title, leads, why, as_day(own.due)))
    return found
