"""The stages of a campaign in its archive, how they moved and what was decided of them."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, all_of
from models.campaign.moves import Transition
from models.decisions.decision import Decision
from models.keys import key_of
from models.rules.decisions.answers import Answer
from models.rules.words import StageStatus, words_of
from tasks.decisions.aftermath import closed_in_words
from tasks.workbook.declaring import Column, Filled, Kind, Sheet


def stage_sheets(session: Session, campaign: Campaign) -> Sequence[Filled]:
    """Return three sheets: stages, their moves, what was decided."""
    stages = sorted(all_of(session, Stage, key_of(campaign)), key=lambda stage: stage.ordinal)
    names = {stage.id: f"S{stage.ordinal} {stage.name}" for stage in stages}
    words = words_of(StageStatus)
    days = ("计划开始", "计划结束", "原定开始", "原定结束", "启动", "结束")
    stood = [
        (names[s.id], words[s.status], s.planned_start, s.planned_end)
        + (s.original_start, s.original_end, s.opened_on, s.closed_on)
        for s in stages
    ]
    moved = [
        (names[m.stage_id], words[m.from_status], words[m.to_status])
        + (m.day, m.decided_by, m.reason)
        for m in all_of(session, Transition, key_of(campaign))
    ]
    decided = [
        (
            str(d.id),
            names[d.stage_id],
            d.asked_on,
            Answer(d.answer).chinese if d.answer else "",
        )
        + (d.answered_by, d.reason, closed_in_words(d) if d.closed_at else "")
        for d in all_of(session, Decision, key_of(campaign))
    ]
    sheets = (
        ("阶段", ("阶段", "状态", *days), stood),
        ("流转", ("阶段", "从", "到", "日期", "谁", "理由"), moved),
        ("审批", ("编号", "阶段", "提请日期", "决定", "谁", "理由", "结果"), decided),
    )
    dated = {"日期", "提请日期", *days}
    return [
        Sheet(
            name,
            [Column(one, kind=Kind.DAY if one in dated else Kind.TEXT) for one in head],
            title=f"{campaign.label}：{name}",
            note=campaign.title,
        ).filled(rows)
        for name, head, rows in sheets
    ]
