"""A text looked at before it is published; what a person says of it is written down."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, ProgressError
from models.keys import key_of
from models.publicity.wording import (
    NewCheck,
    add_check,
    check_numbered,
    checks_kept,
    decide_check,
    lists_to_check_by,
)
from models.rules.bounds import LONGEST_NAME, shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.personal import mask_text
from models.rules.publicity.wording import TextRemark, remarks_on
from models.rules.publicity.words import Remark, TextVerdict
from models.rules.words import post_fault
from models.settings import local_minute
from tasks.documents.reading import read_document
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

LONGEST_PASTED = 100_000  # letters
VERDICTS = {one.chinese: one for one in TextVerdict if one.is_decision}
REMARK_HEAD = ("位置", "问题", "原文", "建议", "所在的句子")
REMARKS = Sheet(
    "核稿",
    (
        Column("位置", width=9),
        Column("问题", width=18),
        Column("原文", width=24),
        Column("建议", width=36),
        Column("所在的句子", width=60),
    ),
    title="核稿意见",
    note="只供核对：是不是问题、怎样改，由人决定。个人信息已遮盖。",
)


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What was found in a text: its number among the texts that were looked at (None: it is a secret)."""

    number: int | None
    title: str
    remarks: Sequence[TextRemark]
    not_read: int = 0  # places of the file whose words were not looked at

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Return what was found row by row."""
        return [
            (
                f"第 {one.line} 段" if one.line else "全文",
                one.remark.chinese,
                one.found,
                one.proposal,
                one.sentence,
            )
            for one in self.remarks
        ]

    @property
    def line(self) -> str:
        """Return it in one line."""
        if self.number is None:
            return f"标着密级，没有登记也没有保存：{self.remarks[0].proposal}"
        found = f"有 {len(self.remarks)} 处请核对" if self.remarks else "没有发现要核对的地方"
        left = (
            f"；文件里另有 {self.not_read} 处文字没有核对（图片、批注等）" if self.not_read else ""
        )
        return (
            f"第 {self.number} 号核稿“{self.title}”：{found}{left}。能不能发布由人决定："
            f"shifan publicity decide {self.number} --answer 可以发布 --by 审核岗位"
        )


def check_file(slug: str | None, path: Path, by: str, moment: Moment) -> CheckedText:
    """Look at the text of a file (Word, WPS, PDF, web page, text) as `check_pasted` does.

    Raises DocumentError where it cannot be read.
    """
    document = read_document(path)
    lines = ["\t".join(line.cells) if line.cells else line.text for line in document.lines]
    return _checked(slug, path.name, "\n".join(lines), by, moment, len(document.not_read))


def check_pasted(slug: str | None, title: str, text: str, by: str, moment: Moment) -> CheckedText:
    """Look at a pasted text by the office's lists, the names of units, and the rules of personal numbers and secrecy.

    What was found is kept with the text's fingerprint, the text itself is not; of a secret nothing is
    kept. Repeatable: the same text with the same findings keeps its number until somebody decides.
    """
    if not text.strip():
        raise CampaignError("没有要核对的文字")
    if len(text) > LONGEST_PASTED:
        raise CampaignError(f"文字超过 {LONGEST_PASTED // 10_000} 万字，请存成文件再核对")
    return _checked(slug, title.strip() or "粘贴的文字", text, by, moment)


def _checked(
    slug: str | None, title: str, text: str, by: str, moment: Moment, not_read: int = 0
) -> CheckedText:
    if fault := post_fault(by, "核稿"):
        raise ProgressError(fault)
    called = mask_text(shown(title)[:LONGEST_NAME])
    with looking_at(slug) as (session, campaign):
        lists = lists_to_check_by(session, key_of(campaign))
    remarks = remarks_on(title, text, lists)
    if any(one.remark is Remark.SECRET for one in remarks):
        return CheckedText(None, called, remarks)
    found = json.dumps([asdict(one) for one in remarks], ensure_ascii=False)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with writing_to(slug) as (session, campaign):
        new = NewCheck(called, sha256, found, by.strip(), moment.now)
        number, is_new = add_check(session, key_of(campaign), new)
        if is_new:
            facts = {"title": called, "sha256": sha256, "amount": len(remarks)}
            entry = NewEntry(by.strip(), "text-checked", f"第 {number} 号核稿", facts)
            record(session, campaign.id, moment, entry)
    return CheckedText(number, called, remarks, not_read)


def write_remarks(checked: CheckedText, path: Path) -> None:
    """Write what was found as a workbook; an existing file is never overwritten."""
    write_workbook(path, [REMARKS.filled(checked.rows, f"核稿意见：{checked.title}")])


@dataclass(frozen=True, slots=True)
class TextDecision:
    """What a person says of a text that was looked at: its number, the word, who, and why."""

    number: int
    answer: str
    by: str
    reason: str = ""


def decide_text(slug: str | None, said: TextDecision, moment: Moment) -> str:
    """Write down what a person says of a text; return it in one line. Repeatable; the last word stands.

    Raises NotFoundError for a number that is none, ProgressError for a word that is none, a post that is
    none, or no reason where the text is published although something was found.
    """
    verdict = VERDICTS.get(said.answer.strip())
    faults = [fault] if (fault := post_fault(said.by, "认定")) else []
    if verdict is None:
        faults.append(f"写的是“{shown(said.answer)}”，应为{'、'.join(VERDICTS)}")
    if faults or verdict is None:
        raise ProgressError("；".join(faults))
    with writing_to(slug) as (session, campaign):
        check = check_numbered(session, key_of(campaign), said.number)
        found, reason = len(json.loads(check.found)), said.reason.strip()
        if verdict is TextVerdict.PUBLISH and found and not reason:
            raise ProgressError(f"还有 {found} 处提示，照发请用 --reason 写明理由")
        news = decide_check(check, verdict, said.by.strip(), reason, moment.now)
        title = check.title
        if news:
            facts = {"answer": verdict.chinese, "reason": reason, "sha256": check.sha256}
            entry = NewEntry(said.by.strip(), "text-decided", f"第 {said.number} 号核稿", facts)
            record(session, campaign.id, moment, entry)
    return f"第 {said.number} 号核稿“{title}”：{verdict.chinese}" + ("" if news else "（没有变化）")


CHECK_HEAD = ("编号", "稿件", "提示", "核稿", "认定", "认定人", "理由")


def checks_list(slug: str | None) -> list[tuple[str, ...]]:
    """Return the texts that were looked at, the oldest first, row by row under `CHECK_HEAD`."""
    with looking_at(slug) as (session, campaign):
        kept = checks_kept(session, key_of(campaign))
        return [
            (
                str(one.number),
                one.title,
                f"{len(json.loads(one.found))} 处",
                local_minute(one.checked_at),
                TextVerdict(one.verdict).chinese,
                one.decided_by,
                one.reason,
            )
            for one in kept
        ]
