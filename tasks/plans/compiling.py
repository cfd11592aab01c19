"""Compile an official document into a plan, and write what comes of it: a plan, a review workbook."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from models.errors import CampaignError, NotAPlanError
from models.files.disk_words import reason_of
from models.files.whole_file import shown_name, write_all
from models.plan.doubt import Doubt
from models.plan.reading.accounting.account import Marked, Settled
from models.plan.reading.accounting.told import doubts_told, mentions
from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.unread import unread_lines
from models.plan.reading.text.document import Document
from models.plan.reading.text.traditional import quoted_as_written
from models.plan.refusals import refusals
from models.plan.schema import Plan
from models.rules.bounds import shown
from tasks.documents.reading import read_document
from tasks.documents.scans.reading import Tell, say_nothing
from tasks.office.vocabulary import office_words
from tasks.plans.review_writing import review_bytes

KINDS = {"briefing": "是一份简报", "report": "是报告、总结一类的材料", "news": "是新闻报道"}
# …but some of what counts as a report is called by its own name. The first row that fits decides.
OWN_KINDS = (
    (("通知", "函", "决定"), "是会议、人员、机构等事项的通知"),
    (("条例", "规定", "细则", "章程", "办法", "制度", "规则", "守则"), "是制度一类的文件"),
    (("名单", "公告", "公示", "通告"), "是公告、名单一类的材料"),
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a document says, with the doubts about it."""

    document: Document
    plan: Plan
    doubts: Sequence[Doubt]
    marked: Marked
    settled: Sequence[Settled]
    kind_said: bool = True  # False: no word says what the document is

    def as_json(self) -> str:
        """Return the plan as it is printed and written for programs, with its doubts and mentions."""
        values = self.plan.model_dump(mode="json")
        told = doubts_told(self.plan, self.doubts, self.marked.grounds)
        values["doubts"] = [asdict(each) for each in told]
        values["mentions"] = [asdict(each) for each in mentions(self.settled)]
        return json.dumps(values, ensure_ascii=False, indent=1)

    def summary(self) -> list[str]:
        """Return what was read, for a person to see at a glance: head, stages, counts, doubts."""
        plan = self.plan
        targets = len(plan.other_targets) + sum(len(task.targets) for task in plan.tasks)
        lines = [plan.title]
        facts = (plan.issuer, plan.document_number, plan.issued_on and f"{plan.issued_on} 印发")
        if any(facts):
            lines.append("  ".join(str(fact) for fact in facts if fact))
        for stage in plan.stages:
            start = stage.start or "（未定）"
            end = "不设结束" if stage.open_ended else stage.end or "（未定）"
            lines.append(f"  第{stage.ordinal}阶段 {stage.name}  {start} 至 {end}")
        lines.append(
            f"阶段 {len(plan.stages)} 个，任务 {len(plan.tasks)} 项，指标 {targets} 个，"
            f"周期工作 {len(plan.recurring)} 项，机构 {len(plan.groups)} 个，附件 {len(plan.attachments)} 个"
        )
        if plan.truncated:
            lines.append("注意：原文在句子中间断开，只读到断开处")
        lines += unread_lines(plan.not_read)
        if self.doubts:
            lines.append(f"有 {len(self.doubts)} 处需要核对，加 --review 可生成审核表")
        return lines

    def warnings(self) -> list[str]:
        """Return the doubts about the plan as a whole."""
        return [f"注意：{doubt.reason}" for doubt in self.doubts if doubt.about == "plan"]

    @office_words()
    def refused(self) -> list[str]:
        """Return what `plan load` would refuse this plan for; nothing where it would take it."""
        faults = refusals(self.plan)
        told = f"还不能装入，有 {len(faults)} 处要先改正（加 --review 生成审核表，在表里改）："
        return [told, *(f"  {fault}" for fault in faults)] if faults else []


@office_words()
def compile_file(path: Path, tell: Tell = say_nothing) -> Compiled:
    """Return what a document says; raises DocumentError for a bad file, PlanError for bad own words.

    ``tell`` is given one line before a reading that takes its time, as that of a scan does.
    """
    document = read_document(path, tell)
    reading = read_plan(document)
    doubts = quoted_as_written(reading.plan, reading.doubts, document)
    return Compiled(
        document, reading.plan, doubts, reading.marked, reading.settled, reading.kind_said
    )


def require_plan(found: Compiled, path: Path) -> None:
    """Raise NotAPlanError in one line where the document at ``path`` is no plan, or nothing says it is."""
    plan, name = found.plan, shown_name(path)
    if plan.is_plan:
        return
    title = shown(plan.title)
    if not found.kind_said:
        told = f"标题“{title}”" if title else "没有标题"
        raise NotAPlanError(
            f"“{name}”看不出是方案（{told}），没有生成计划；"
            "方案的标题一般以“方案”“计划”“要点”结尾，请核对文件，或把标题补完整"
        )
    noun = re.sub("[（(][^（()）]*[)）]$", "", plan.title)
    own = (words for ends, words in OWN_KINDS if noun.endswith(ends))
    kind = KINDS.get(plan.kind, "文种不符")
    kind = next(own, kind) if plan.kind == "report" else kind
    raise NotAPlanError(f"“{name}”不是方案：{kind}（“{title}”），没有生成计划")


def require_targets(file: Path, output: Path | None, review: Path | None) -> None:
    """Raise CampaignError where what comes of ``file`` could not be written, or only over it."""
    if output and output.suffix.lower() not in {".yaml", ".yml", ".json"}:
        raise CampaignError(f"输出文件“{output}”的扩展名应为 .yaml 或 .json")
    if review and review.suffix.lower() != ".xlsx":
        raise CampaignError(f"审核表“{review}”的扩展名应为 .xlsx")
    for target in filter(None, (output, review)):
        if not target.parent.is_dir():
            raise CampaignError(f"文件夹“{target.parent}”不存在")
        if target.exists() and file.exists() and target.samefile(file):
            raise CampaignError(f"不能写回原文件“{file}”，请换一个文件名")


def write_compiled(found: Compiled, output: Path | None, review: Path | None) -> list[Path]:
    """Write the plan and the review workbook, each whole or not at all; return what was written."""
    written: dict[Path, bytes] = {}
    if output:
        is_json = output.suffix.lower() == ".json"
        spelled = found.plan.model_dump_json(indent=1) if is_json else _yaml(found.plan)
        written[output] = spelled.encode()
    if review:
        written[review] = review_bytes(
            found.plan, found.doubts, found.marked.grounds, found.settled
        )
    try:
        write_all(written)
    except OSError as error:
        raise CampaignError(f"写不进“{error.filename}”：{reason_of(error)}") from error
    return list(written)


def _yaml(plan: Plan) -> str:
    values = plan.model_dump(mode="json")
    return str(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120))
