"""Compile the document of an indicator system: read it by whichever door, say what was read, write its review."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import CampaignError
from models.files.disk_words import reason_of
from models.files.whole_file import shown_name, write_all
from models.indicators.reading import SystemReading, read_system
from models.indicators.system import IndicatorSystem, SystemIndicator
from models.rules.bounds import shown
from models.rules.figures.decimals import exact, in_figures
from tasks.documents.reading import read_document
from tasks.indicators.review_writing import system_review
from tasks.indicators.sheets_read import document_of_workbook
from tasks.office.vocabulary import office_words
from tasks.workbook.checking import is_workbook

LEVEL_WORDS = {1: "一级", 2: "二级", 3: "三级"}
MOST_SAID = 12  # doubts that the summary names one by one


@dataclass(frozen=True, slots=True)
class CompiledSystem:
    """What a file says of indicators."""

    system: IndicatorSystem

    def as_json(self) -> str:
        """Return it as it is printed for programs."""
        return self.system.printed()

    def summary(self) -> list[str]:
        """Return what was read, for a person to see at a glance."""
        system = self.system
        levels = [one.level for one in system.indicators]
        counts = "、".join(
            f"{word}指标 {levels.count(level)} 个"
            for level, word in LEVEL_WORDS.items()
            if level in levels
        )
        demands = [demand for one in system.indicators for demand in one.demands]
        targets = sum(len(demand.targets) for demand in demands)
        lines = [system.title, f"{counts}；要求 {len(demands)} 项，其中目标值 {targets} 个"]
        scored = [one for one in system.indicators if one.score is not None]
        lines.append(f"有分值的 {len(scored)} 个" if scored else "没有分值")
        tops = [one for one in scored if one.level == 1]
        if tops:
            lines[-1] += f"，一级指标合计 {_points(tops)} 分"
        if system.doubts:
            lines.append(f"有 {len(system.doubts)} 处需要核对，加 --review 可生成审核表：")
            for doubt in system.doubts[:MOST_SAID]:
                at = f"第 {doubt.line} 行“{shown(doubt.text)}”" if doubt.line else ""
                lines.append(f"  {at}{doubt.reason}")
            if more := len(system.doubts) - MOST_SAID:
                lines += [f"  另有 {more} 处"] if more > 0 else []
        return lines


def _points(indicators: Sequence[SystemIndicator]) -> str:
    return in_figures(sum((exact(one.score or 0) for one in indicators), exact(0)))


@office_words()
def compile_system(path: Path) -> CompiledSystem:
    """Return the indicator system in a document or a workbook.

    Raises CampaignError, one line, for a bad file and for one that holds no indicators.
    """
    reading = _read(path)
    if not reading.is_system:
        title = shown(reading.system.title)
        told = f"（“{title}”）" if title else ""
        raise CampaignError(
            f"“{shown_name(path)}”看不出是指标体系{told}，没有生成指标表；指标体系应有一、二、三级指标，"
            "或指标、分值、测评方法等列；实施方案请用 shifan plan compile"
        )
    return CompiledSystem(reading.system)


def _read(path: Path) -> SystemReading:
    if is_workbook(path):
        document, joined = document_of_workbook(path)
        return read_system(document, joined)
    return read_system(read_document(path))


def require_review(file: Path, review: Path | None) -> None:
    """Raise CampaignError where the review of ``file`` could not be written, or only over it."""
    if review is None:
        return
    if review.suffix.lower() != ".xlsx":
        raise CampaignError(f"审核表“{review}”的扩展名应为 .xlsx")
    if not review.parent.is_dir():
        raise CampaignError(f"文件夹“{review.parent}”不存在")
    if review.exists() and file.exists() and review.samefile(file):
        raise CampaignError(f"不能写回原文件“{file}”，请换一个文件名")


def write_review(found: CompiledSystem, review: Path) -> None:
    """Write the review workbook, whole or not at all."""
    try:
        write_all({review: system_review(found.system)})
    except OSError as error:
        raise CampaignError(f"写不进“{error.filename}”：{reason_of(error)}") from error
