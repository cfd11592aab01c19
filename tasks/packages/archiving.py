"""The evidence and the papers of a campaign, written into its archive with what is known of them."""

import csv
import hashlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from models.evidence.packages.archiving import (
    ArchivedRevision,
    ProvedItem,
    archived_papers,
    archived_revisions,
    proved_items,
    standing_marks,
    unmasked,
)
from models.evidence.packages.packaging import package_gaps
from models.evidence.vault.keeping import place_of
from models.rules.archive.privacy import without_persons
from models.rules.evidence.personal import mask_name
from models.rules.evidence.words import EvidenceKind, EvidenceState
from models.rules.figures.words import PaperKind
from models.rules.words import words_of
from models.settings import local_minute
from tasks.audit.chain import verify
from tasks.file_names import plain_name
from tasks.packages.four_checks import Looked, QualityCheck, checked_items
from tasks.packages.index import harmless
from tasks.packages.naming import suffix_of
from tasks.packages.pieces import BOM, encoded, pieces_of
from tasks.packages.sinks import Sink
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import workbook_bytes

HEAD = [
    "材料编号",
    "版次",
    "状态",
    "名称",
    "类别",
    "文件",
    "大小（字节）",
    "SHA-256 指纹",
    "SM3 指纹",
    "对应要求",
    "提供单位",
    "上传人",
    "收到时间",
    "事实发生日期",
    "失效日期",
    "说明",
    "证明段落",
    "网址",
    "认定人",
    "认定时间",
    "退回原因",
    "是否撤回",
]
FOUR = Sheet(
    "四性检查",
    (
        Column("检查", width=9),
        Column("内容", width=46, longest=500),
        Column("结果", width=9),
        Column("说明", width=70, longest=2_000),
    ),
    note="依据 GB/T 18894、DA/T 70 的四性：真实性、完整性、可用性、安全性。归档时逐项检查。",
)
STATES, KINDS, PAPERS = words_of(EvidenceState), words_of(EvidenceKind), words_of(PaperKind)


def evidence_into(
    sink: Sink, session: Session, campaign_id: int, root: str, now: datetime
) -> list[QualityCheck]:
    """Write every revision and paper below ``root``, a table of what is known of them, and the four checks.

    Every file is hashed on its way. One that is gone or was changed stops nothing: it is named by the
    checks, and a changed one is not taken for what it was. Files go through piece by piece.
    """
    looked = Looked()
    with tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as rows:
        table = csv.writer(rows)
        table.writerow(HEAD)
        proves = _Proves(proved_items(session, campaign_id))
        for one in archived_revisions(session, campaign_id):
            looked.see(one)
            name = _written(sink, root, one, looked) if one.sha256 else ""
            table.writerow([_shown(cell) for cell in _row(one, name, proves.of(one.number))])
        rows.seek(0)
        sink.add(f"{root}/材料目录.csv", encoded(rows, BOM), now)
    for paper in archived_papers(session, campaign_id):
        kind = PAPERS.get(paper.kind, paper.kind)
        words = plain_name(f"{kind} {paper.subject or paper.title}".strip(), 120)
        path = f"{root}/文书/{words}（第{paper.version}版）.docx"
        _copy(sink, paper.sha256, path, paper.made_at, looked, words)
    items = checked_items(
        looked,
        standing_marks(session, campaign_id),
        len(package_gaps(session, campaign_id)),
        unmasked(session, campaign_id),
        "；".join(verify().lines),
    )
    result = [(i.quality.chinese, i.what, "合格" if i.holds else "有问题", i.found) for i in items]
    book = workbook_bytes([FOUR.filled(result, "四性检查")], now)
    sink.add(f"{root}/四性检查.xlsx", [book], now)
    return items


class _Proves:
    """What each piece proves, read beside the pieces in the order of their numbers."""

    def __init__(self, items: Iterator[ProvedItem]) -> None:
        self._pieces = groupby(items, key=lambda item: item.number)
        self._number, self._words = 0, ""

    def of(self, number: int) -> str:
        """Return what the piece ``number`` proves, in words; of a later piece than asked before."""
        while self._number < number:
            self._number, found = next(self._pieces, (number + 1, iter(())))
            self._words = "、".join(item.words for item in found)
        return self._words if self._number == number else ""


def _shown(cell: object) -> object:
    return harmless(without_persons(cell) if isinstance(cell, str) else cell)


def _written(sink: Sink, root: str, one: ArchivedRevision, looked: Looked) -> str:
    own = mask_name(plain_name(one.title, 90)) + suffix_of(one.file_name, one.media)
    path = f"材料/{one.code}/第{one.revision}版 {own}"
    words = f"{one.code} 第 {one.revision} 版"
    return path if _copy(sink, one.sha256, f"{root}/{path}", one.received_at, looked, words) else ""


def _copy(sink: Sink, sha256: str, path: str, at: datetime, looked: Looked, words: str) -> bool:
    """Write a file of the vault; say whether it was there, and note one that is not what it was."""
    place = place_of(sha256)
    if not place.is_file():
        looked.missing.append(words)
        return False
    digest = hashlib.sha256()
    sink.add(path, pieces_of(place, digest.update), at)
    if digest.hexdigest() != sha256:
        looked.changed.append(words)
    return True


def _row(one: ArchivedRevision, name: str, proves: str) -> tuple[object, ...]:
    return (
        one.code,
        one.revision,
        STATES.get(one.state, one.state),
        one.title,
        KINDS.get(one.kind, one.kind),
        name,
        one.size,
        one.sha256,
        one.digest,
        proves,
        one.provider,
        one.uploaded_by,
        local_minute(one.received_at),
        one.fact_on or "",
        one.expires_on or "",
        one.caption,
        one.passage,
        one.url,
        one.state_by,
        local_minute(one.state_at) if one.state_at else "",
        one.reason,
        "是" if one.withdrawn else "否",
    )
