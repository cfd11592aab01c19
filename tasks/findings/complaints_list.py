"""The register of complaints and suggestions as a workbook: what, whose, by when, and each hand it went through."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.campaign import looking_at
from models.findings.listing import FindingLine, TraceLine, finding_lines, finding_trace
from models.keys import key_of
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.findings.words import FROM_THE_PUBLIC, FindingStep, step_in_words
from tasks.lists.belonging import list_title
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

TITLE = "投诉建议登记表"
COMPLAINTS = Sheet(
    "投诉建议",
    (
        Column("编号", width=7),
        Column("类别", width=7),
        Column("内容", longest=LONGEST_NOTE, width=40),
        Column("来源", width=12),
        Column("收到日期", width=12),
        Column("首接单位", width=16),
        Column("现办单位", width=16),
        Column("答复期限", width=12),
        Column("情况", width=10),
        Column("说明", longest=LONGEST_NOTE, width=16),
        Column("转办经过", longest=0, width=34),
        Column("答复", longest=0, width=34),
    ),
    title=TITLE,
    note="只供查看；办理用 shifan complaints 的命令。里面没有投诉人的姓名和电话。",
    still=3,
)


def export_complaints(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the register of complaints and suggestions; return how many."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, TITLE, moment.today)
        lines = [
            one for one in finding_lines(session, key_of(campaign)) if one.kind in FROM_THE_PUBLIC
        ]
        trace = finding_trace(session, key_of(campaign))
    rows = [_cells(line, trace.get(line.id, ()), moment) for line in lines]
    write_workbook(path, [COMPLAINTS.filled(rows, title)])
    return len(rows)


def _cells(line: FindingLine, trace: Sequence[TraceLine], moment: Moment) -> tuple[str, ...]:
    hands = [one for one in trace if one.step == FindingStep.ASSIGN]
    went = [
        f"{one.taken_on} {step_in_words(line.kind, one.step, first=n == 0)} {one.unit}"
        for n, one in enumerate(hands)
    ]
    return (
        line.code,
        line.kind_in_words,
        line.problem,
        line.source_in_words,
        line.found_on.isoformat(),
        hands[0].unit if hands else "",
        line.unit,
        line.due.isoformat() if line.due else "",
        line.state_in_words,
        line.remarks(moment.today),
        "；".join(went),
        line.measure,
    )
