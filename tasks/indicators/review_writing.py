"""An indicator system into its review workbook: the reading beside its sentence, doubts marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from models.evidence.demands.reading import read_demand
from models.indicators.system import IndicatorSystem, SystemDemand, SystemIndicator
from models.plan.reading.accounting.told import DoubtTold
from models.rules.targets import RELATIONS
from tasks.lists.indicator_answers import DEMAND, SCORE, WHOLE, DoubtPlace
from tasks.lists.indicator_sheets import ASKED_OF, HIDDEN, INDICATORS, LOOK_AT, WHOLE_TEXT
from tasks.workbook.declaring import Filled, Kept
from tasks.workbook.writing import workbook_bytes

OF_WHOLE = {"total": "合计", "counts": "项数"}
RELATION_OF = {sign: words[0] for sign, words in RELATIONS.items()}
NOTE = (
    "左边是读出的内容，右边“原文”是它在文件里的那一行，黄色的行有疑点。可以改、增、删行；"
    "改好后保存，用 shifan indicators load 装入本表。"
)


def system_review(system: IndicatorSystem) -> bytes:
    """Return the workbook as a file's bytes."""
    doubts = _by_indicator(system)
    return workbook_bytes(
        [
            *_look_at(system),
            _indicators(system, doubts),
            _demands(system),
            WHOLE_TEXT.filled(
                [(one.line, one.text, one.became) for one in system.lines],
                _title(system, "全文对照"),
                frozenset(n for n, one in enumerate(system.lines) if "疑点" in one.became),
            ),
            Kept(HIDDEN, "指标审核表"),
        ]
    )


def _title(system: IndicatorSystem, what: str) -> str:
    return f"{what}（{system.title[:40]}）" if system.title else what


def _by_indicator(system: IndicatorSystem) -> dict[int, list[DoubtTold]]:
    found: dict[int, list[DoubtTold]] = {}
    for doubt in system.doubts:
        if doubt.where.startswith("indicators["):
            at = int(doubt.where.removeprefix("indicators[").partition("]")[0])
            found.setdefault(at, []).append(doubt)
    return found


def _look_at(system: IndicatorSystem) -> Iterator[Filled]:
    rows = [
        (
            *(_code(system, doubt) or OF_WHOLE.get(doubt.where, "原文"), doubt.line, doubt.text),
            *(doubt.reason, doubt.proposal or "", "", "", _about(system, doubt).kept()),
        )
        for doubt in system.doubts
    ]
    yield LOOK_AT.filled(rows, _title(system, f"请看一眼：{len(rows)} 处"))


def _code(system: IndicatorSystem, doubt: DoubtTold) -> str:
    """Return of which indicator a doubt is; empty where it is of none."""
    if not doubt.where.startswith("indicators["):
        return ""
    return system.indicators[int(doubt.where.removeprefix("indicators[").partition("]")[0])].code


def _about(system: IndicatorSystem, doubt: DoubtTold) -> DoubtPlace:
    """Return what an answer to a doubt will be about."""
    code = _code(system, doubt)
    if doubt.where.endswith("].score"):
        points = re.findall(r"[0-9.]+", doubt.proposal or "")
        return DoubtPlace(SCORE, code, points[-1] if points else "")
    kind = DEMAND if ".demands[" in doubt.where else WHOLE if code else ""
    return DoubtPlace(kind, code)


def _indicators(system: IndicatorSystem, doubts: dict[int, list[DoubtTold]]) -> Filled:
    told: dict[int, str] = {}
    for line in system.lines:
        if line.line:
            told[line.line] = f"{told.get(line.line, '')} {line.text}".strip()[:300]
    rows: list[Sequence[Any]] = []
    for at, one in enumerate(system.indicators):
        reasons = "；".join(doubt.reason for doubt in doubts.get(at, ()))
        source = told.get(one.line or 0, "")
        rows.append([*_cells(one), f"第 {one.line} 行" if one.line else "", source, reasons])
    sheet = replace(INDICATORS, note=NOTE)
    return sheet.filled(rows, _title(system, INDICATORS.title), frozenset(doubts))


def _cells(one: SystemIndicator) -> list[Any]:
    return [
        one.code,
        str(one.level),
        one.parent or "",
        one.text,
        "",
        "",
        "",
        "、".join(one.lead_units),
        "、".join(one.responsible_units),
        _number(one.score),
        one.scoring,
        _number(one.floor) if one.floor else "",
        "\n".join(one.methods),
        "\n".join(one.evidence),
    ]


def _number(value: float | None) -> float | int | str:
    if value is None:
        return ""
    return int(value) if value == int(value) else value


def _demands(system: IndicatorSystem) -> Filled:
    rows: list[Sequence[Any]] = []
    asked: set[int] = set()
    for one in system.indicators:
        for demand in one.demands:
            doubts = read_demand(demand.text).doubts
            if doubts:
                asked.add(len(rows))
            rows.append([one.code, demand.text, *_target(demand), "；".join(doubts)])
    return ASKED_OF.filled(rows, _title(system, ASKED_OF.title), frozenset(asked))


def _target(demand: SystemDemand) -> list[Any]:
    target = next((each for each in demand.targets if not each.implicit), None)
    if target is None:
        return ["", "", ""]
    return [RELATION_OF[target.op], _number(target.value), target.unit]
