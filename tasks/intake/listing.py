"""What came in, for people: each file with what became of it, what waits, and who has sent nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from models.campaign.campaign import looking_at
from models.evidence.intake.looking_up import (
    LedgerOut,
    ReceivedLine,
    ledgers_out,
    received_lines,
)
from models.keys import key_of
from models.rules.bounds import in_sight
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from models.settings import local_day, local_minute
from notifications.saying import masks
from tasks.figures.figures_list import unit_meant
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

WAITS = "等台账写明"
KINDS = {
    "ledger": "台账",
    "evidence": "材料",
    "archive": "压缩包",
    "visits": "督导结果",
    "rectification": "整改台账",
    "return": "督办单回件",
    "return-unsure": "督办单回件，待核对",
}
A_WEEK = timedelta(days=7)
TOLD = 3  # lines of a file's outcome on the screen; all stand in the workbook
RECEIVED = Sheet(
    "收件",
    (
        Column("收到", width=17),
        Column("途径", width=11),
        Column("来自", width=18),
        Column("单位", width=16),
        Column("文件", width=36),
        Column("类别", width=9),
        Column("结果", width=13),
        Column("退回件", width=8),
        Column("说明", width=60),
    ),
    title="收件登记",
    note="只供查看。退回件的原样存在材料库里；涉密文件只记指纹、来源和时间。",
)
UNPLACED = Sheet(
    "归属不明",
    (
        Column("编号", width=8),
        Column("收到", width=17),
        Column("来自", width=18),
        Column("文件", width=36),
        Column("结果", width=13),
    ),
    title="不知道是哪个创建活动的文件",
    note="收到时有几个创建活动在进行。用 shifan intake place 编号 --campaign 简称 归入。",
)
SILENT = Sheet(
    "还没有交回",
    (Column("单位", width=24), Column("台账", width=10), Column("发出", width=17)),
    title="还没有交回台账的单位",
    note="只供查看。按单位的固定顺序。",
)


@dataclass(frozen=True, slots=True)
class IntakeList:
    """What came in; the ledgers that are out, of the one unit that was asked for; how many files wait."""

    received: Sequence[ReceivedLine]
    out: Sequence[LedgerOut]
    waiting: int
    waiting_long: int  # for more than a week
    homeless: Sequence[ReceivedLine] = ()  # nobody knows of which campaign

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Return what came in row by row, as a workbook shows it."""
        return [_row(one) for one in self.received]

    @property
    def silent(self) -> list[tuple[str, str, str]]:
        """Return the units that have not answered their newest ledger, row by row."""
        return [_silent(one) for one in self.out if not one.back]

    @property
    def of_none(self) -> list[tuple[str, ...]]:
        """Return what came when several campaigns were under way, row by row, with its number."""
        rows = ((one.id, _row(one)) for one in self.homeless)
        return [(str(id_), row[0], row[2] or row[1], row[4], row[6]) for id_, row in rows]

    @property
    def line(self) -> str:
        """Return it in one line."""
        said = [f"收到 {len(self.received)} 个文件"]
        if self.waiting:
            long = f"，其中 {self.waiting_long} 个已等了一周以上" if self.waiting_long else ""
            said.append(f"{self.waiting} 个材料还没有台账写到它{long}")
        if self.homeless:
            said.append(f"另有 {len(self.homeless)} 个文件不知道是哪个创建活动的")
        return "；".join([*said, self._ledgers])

    @property
    def _ledgers(self) -> str:
        if not self.out:
            return "台账还没有发出"
        sent, silent = f"最近的台账发给 {len(self.out)} 个单位", len(self.silent)
        if silent in (0, len(self.out)):
            return f"{sent}，{'都还没有' if silent else '都已'}交回"
        return f"{sent}，{len(self.out) - silent} 个已交回，{silent} 个还没有交回"

    @property
    def files(self) -> Iterator[str]:
        """Yield what came in for a screen: a line a file, below it the first lines of what became of it."""
        for one, row in zip(self.received, self.rows, strict=True):
            at, via, sender, unit, name, kind, result, returned, _ = row
            about = "，".join(filter(None, (unit, kind.strip("—"), sender, via)))
            yield f"{at} {name}：{result}{'，有退回件' if returned else ''}（{about}）"
            lines = one.detail.splitlines()
            yield from (f"  {line}" for line in lines[:TOLD])
            if left := len(lines[TOLD:]):
                yield f"  ……另有 {left} 条，用 --out 另存为 Excel 查看"


def intake_list(
    slug: str | None,
    moment: Moment,
    *,
    unit: str = "",
    since: date | None = None,
    until: date | None = None,
) -> IntakeList:
    """Return what came in, of one unit, since or until a day (both in); four statements. Senders are masked.

    With it what nobody knows the campaign of, whatever was asked for.

    Raises NotFoundError for a unit that is none.
    """
    begins = datetime.combine(since, time.min, tzinfo=moment.zone) if since else None
    after = until and until + timedelta(days=1)
    ends = datetime.combine(after, time.min, tzinfo=moment.zone) if after else None
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_meant(session, campaign_id, unit) if unit else None
        lines = received_lines(session, campaign_id, since=begins, before=ends, unit_id=unit_id)
        homeless = received_lines(session, None)
        out = ledgers_out(session, campaign_id, unit_id=unit_id)
    waits = [one for one in lines if one.waits]
    return IntakeList(
        lines,
        out,
        len(waits),
        sum(one.received_at < moment.now - A_WEEK for one in waits),
        homeless,
    )


def write_intake_list(found: IntakeList, path: Path) -> None:
    """Write it as a workbook; an existing file is never overwritten."""
    sheets = [
        RECEIVED.filled(found.rows),
        SILENT.filled(found.silent),
        *([UNPLACED.filled(found.of_none)] if found.of_none else []),
    ]
    write_workbook(path, sheets)


def _row(one: ReceivedLine) -> tuple[str, ...]:
    result = WAITS if one.waits else Reception(one.outcome).chinese if one.outcome else "正在处理"
    version = f"台账第 {one.version} 版" if one.version else ""
    return (
        local_minute(one.received_at),
        Via(one.via).chinese,
        masks.mail(one.sender) if "@" in one.sender else one.sender,
        one.unit,
        in_sight(one.name, lines=False),
        version or KINDS.get(one.kind, "—"),
        result,
        "有" if one.returned_sha256 else "",
        "；".join(one.detail.splitlines()),
    )


def _silent(one: LedgerOut) -> tuple[str, str, str]:
    return one.unit, f"第 {one.version} 版", str(local_day(one.issued_at))
