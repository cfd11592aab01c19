"""Draw and print the papers of a test into a folder, and its key apart."""

from hashlib import sha256
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.files.whole_file import write_all
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.surveys.law_papers import PaperVersion, draw_papers, drawn_papers
from models.surveys.law_test import LawTest, law_test_numbered
from tasks.papers.word.document import word_file
from tasks.surveys.law_drafts import answer_sheet_draft, key_draft, law_paper_draft


def print_papers(
    slug: str | None, number: int | None, folder: Path, by: str, moment: Moment
) -> str:
    """Draw the papers of a test where they are not yet, and print question papers and answer sheets into ``folder``.

    Repeatable: the same papers each time, as they were drawn. They are drawn and written down before any
    file is: killed in between, run again. Raises CampaignError where a file of that name is there
    already, PlanError with what the bank lacks.
    """
    if fault := post_fault(by, "组卷"):
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        papers = draw_papers(session, test, by, moment)
        files = {folder / name: content for name, content in _files(test, papers, by).items()}
        if there := [path.name for path in files if path.exists()]:
            raise CampaignError(f"{folder} 里已经有 {there[0]}，不会覆盖，请换一个文件夹")
        digest = sha256(b"".join(files.values())).hexdigest()
        facts = {"files": len(files), "sha256": digest}
        entry = NewEntry(by, "exported", f"第 {test.number} 次法律知识测试试卷", facts)
        record(session, key_of(campaign), moment, entry)
        said = f"第 {test.number} 次测试"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_all(files)
    return f"{said}：{len(papers)} 份试卷和答题卡已写到 {folder}，里面没有答案；答案另用 shifan law-test key 打印"


def _files(test: LawTest, papers: list[PaperVersion], by: str) -> dict[str, bytes]:
    made = test.drawn_at or test.made_at
    found = {}
    for one in papers:
        name = f"{one.audience.chinese}-{one.version}卷.docx"
        found[name] = word_file(law_paper_draft(test, one), made, by)
        sheet = word_file(answer_sheet_draft(test, one), made, by)
        found.setdefault(f"{one.audience.chinese}-答题卡.docx", sheet)
    return found


def print_key(slug: str | None, number: int | None, out: Path, by: str, moment: Moment) -> str:
    """Print the right answers of a test, for the office only; that it was done stands in the chain. Repeatable.

    Raises CampaignError where the papers are not drawn yet, or the file is there already.
    """
    if fault := post_fault(by, "打印答案"):
        raise CampaignError(fault)
    if out.suffix.lower() != ".docx":
        raise CampaignError(f"“{out.name}”应以 .docx 结尾")
    if out.exists():
        raise CampaignError(f"{out.name} 已经存在，不会覆盖，请换一个文件名")
    with looking_at(slug) as (session, campaign):
        test, papers = _drawn(session, key_of(campaign), number)
        content = word_file(key_draft(test, papers), test.drawn_at or test.made_at, by)
        said = f"第 {test.number} 次法律知识测试"
    with writing_to(slug) as (session, campaign):
        facts = {"file": out.name, "sha256": sha256(content).hexdigest()}
        entry = NewEntry(by, "exported", f"{said}答案", facts)
        record(session, key_of(campaign), moment, entry)
    write_all({out: content})
    return f"{said}的答案已写到 {out}，只供阅卷使用，考试结束前不要外传"


def _drawn(
    session: Session, campaign_id: int, number: int | None
) -> tuple[LawTest, list[PaperVersion]]:
    test = law_test_numbered(session, campaign_id, number)
    papers = drawn_papers(session, test)
    if not papers:
        raise CampaignError(f"第 {test.number} 次测试还没有组卷，请先运行 shifan law-test papers")
    return test, papers
