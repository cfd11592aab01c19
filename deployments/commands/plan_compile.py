"""`shifan plan compile`: from an official document to a plan, and to a workbook for its review."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from deployments.typed.values import InFile, OutFile
from models.errors import CampaignError, NotAPlanError

if TYPE_CHECKING:
    from models.plan.document import Document
    from models.plan.doubts import Doubt
    from models.plan.schema import Plan

NOT_A_PLAN = NotAPlanError.exit_code
REASONS = {
    "briefing": "是一份简报",
    "report": "是报告、总结一类的材料",
    "news": "是新闻报道",
}


def compile_document(
    file: InFile,
    *,
    output: Annotated[OutFile | None, Parameter(name=["--output", "-o"])] = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
    review: Annotated[OutFile | None, Parameter(name="--review")] = None,
) -> None:
    """读公文，生成计划。

    支持 .txt .md .html .docx .pdf，装有 LibreOffice 时还支持 .doc .wps。不是方案的文件（新闻、简报、报告）退出码为 3。

    例如：

        shifan plan compile 实施方案.docx --review 审核表.xlsx

    Parameters
    ----------
    file
        要读的公文。
    output
        把计划写到这个文件，扩展名 .yaml 或 .json。
    as_json
        把计划以 JSON 打印到屏幕，此外不打印任何内容。
    review
        另写一份审核表（.xlsx），在 Excel 里核对、改正后用 shifan plan load 载入。
    """
    _check_targets(file, output, review)
    document = _read(file)
    plan, doubts = _compiled(document)
    if as_json:
        _say(plan.model_dump_json(indent=1))
    if not plan.is_plan:
        _warn(not_a_plan(plan, file))
        raise SystemExit(NOT_A_PLAN)
    written = _outputs(plan, doubts, output, review)
    _write_all(written)
    if not as_json:
        for line in summary(plan, doubts):
            _say(line)
        if not plan.tasks:
            from models.plan.seen import nothing_read

            _say(nothing_read(document, stages=bool(plan.stages)))
        for path in written:
            _say(f"已写入 {path}")


def compile_file(path: Path) -> "tuple[Plan, list[Doubt]]":
    """Return the plan of a document and the doubts about it; raises DocumentError for a bad file."""
    return _compiled(_read(path))


def _read(path: Path) -> "Document":
    from tasks.documents.reading import read_document

    return read_document(path)


def _compiled(document: "Document") -> "tuple[Plan, list[Doubt]]":
    from models.plan.compile import read_plan

    reading = read_plan(document)
    return reading.plan, reading.doubts


def read_plan_file(path: Path) -> "tuple[Plan, list[Doubt]]":
    """Return the plan of a document and the doubts about it.

    Raises CampaignError: one line for a bad file, and for what is not a plan its reason.
    """
    plan, doubts = compile_file(path)
    if not plan.is_plan:
        raise NotAPlanError(not_a_plan(plan, path))
    return plan, doubts


def not_a_plan(plan: "Plan", path: Path) -> str:
    """Return the one line that says why a document is not a plan."""
    return f"“{path.name}”不是方案：{REASONS.get(plan.kind, '文种不符')}（“{plan.title}”），没有生成计划"


def summary(plan: "Plan", doubts: "Sequence[Doubt]") -> list[str]:
    """Return what was read, for a person to see at a glance: head, stages, counts, doubts."""
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
    if doubts:
        lines.append(f"有 {len(doubts)} 处需要核对，加 --review 可生成审核表")
    return lines


def _check_targets(file: Path, output: Path | None, review: Path | None) -> None:
    if output and output.suffix.lower() not in {".yaml", ".yml", ".json"}:
        raise CampaignError(f"输出文件“{output}”的扩展名应为 .yaml 或 .json")
    if review and review.suffix.lower() != ".xlsx":
        raise CampaignError(f"审核表“{review}”的扩展名应为 .xlsx")
    for target in (output, review):
        if target and not target.parent.is_dir():
            raise CampaignError(f"文件夹“{target.parent}”不存在")
        if target and target.exists() and file.exists() and target.samefile(file):
            raise CampaignError(f"不能写回原文件“{file}”，请换一个文件名")


def _outputs(
    plan: "Plan", doubts: "Sequence[Doubt]", output: Path | None, review: Path | None
) -> dict[Path, bytes]:
    written: dict[Path, bytes] = {}
    if output and output.suffix.lower() == ".json":
        written[output] = plan.model_dump_json(indent=1).encode()
    elif output:
        import yaml

        values = plan.model_dump(mode="json")
        written[output] = yaml.safe_dump(
            values, allow_unicode=True, sort_keys=False, width=120
        ).encode()
    if review:
        from tasks.plans.review_writing import review_bytes

        written[review] = review_bytes(plan, doubts)
    return written


def _write_all(written: dict[Path, bytes]) -> None:
    """Write every file beside its place first, then move all: nothing is left half written."""
    drafts: list[tuple[str, Path]] = []
    try:
        for path, content in written.items():
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".shifan-")
            drafts.append((draft, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for draft, path in drafts:
            Path(draft).replace(path)
    except OSError as error:
        name = drafts[-1][1] if drafts else next(iter(written))
        raise CampaignError(f"写不进“{name}”：{error.strerror}") from error
    finally:
        for draft, _ in drafts:
            Path(draft).unlink(missing_ok=True)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _warn(line: str) -> None:
    sys.stderr.write(line + "\n")
