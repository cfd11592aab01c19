"""自评初审: what is not scored or reviewed yet, and a draft of the report with its blanks.

A draft is a file beside the checklists, replaced every morning: it has no version, is not kept in the
vault and opens no gate. A version is made by whoever says `shifan papers write report`.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.figures.scoring import score_lines
from models.files.home import home
from models.files.whole_file import write_whole
from models.keys import key_of
from models.papers.quoting import report_facts
from models.papers.versions import newest_paper
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind, ScoreKind
from models.rules.words import OFFICE
from notifications.paper_blocks import Draft
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound
from tasks.papers.drafts import report_draft
from tasks.papers.texts import texts_before
from tasks.papers.word.document import word_file
from tasks.stages.chapter import chapters_by, condition_line, named_units

DRAFT = "自评报告（草稿）.docx"


def scoring_done(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return which indicators have no self-score or none of the office's, with who leads them."""
    return chapters_by(rounds, _scoring)


def _scoring(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    lines = [line for line in score_lines(session, key_of(campaign)) if line.counts]
    rows = []
    for line in lines:
        missing = [k.chinese for k in (ScoreKind.SELF, ScoreKind.OFFICE) if line.points(k) is None]
        if missing:
            row = f"{line.code} {line.title}", named_units(line.leads), "没有" + "、".join(missing)
            rows.append(row)
    unscored = sum(line.points(ScoreKind.SELF) is None for line in lines)
    said = (
        f"{len(lines)} 项指标，{unscored} 项没有自评分"
        if lines
        else "还没有装入指标表，不能逐项自评"
    )
    said = f"{said}。{condition_line(one, 'evidence-reviewed')}"
    brief = f"{unscored} 项指标没有自评分" if unscored else "" if lines else "没有指标表"
    return Chapter("逐项自评和初审", said, ("指标", "牵头单位", "还差"), rows, brief)


def report_drafts(rounds: Sequence[StageRound], moment: Moment) -> list[Chapter]:
    """Write a draft of the report of each campaign and return its blanks; of a preview no file is written.

    Repeatable: the file is replaced in one move, no version of the paper is made.
    """

    def look(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
        draft = _draft(session, campaign, one.today)
        where = "（预览不写文件）"
        if not one.preview:
            folder = home() / "checklists" / one.folder
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / DRAFT, word_file(draft, moment.now, OFFICE), lasting=False)
            where = f"草稿在 checklists/{one.folder}/{DRAFT}，每天更新，不算版本"
        blanks = draft.missing()
        rows = [(blank.what, blank.todo) for blank in blanks]
        line = f"{where}；{f'还有 {len(blanks)} 处空白' if blanks else '没有空白'}。定稿用 shifan papers write report"
        brief = f"报告草稿 {len(blanks)} 处空白" if blanks else ""
        return Chapter("自评报告草稿", line, ("空白", "怎样补"), rows, brief)

    return chapters_by(rounds, look)


def _draft(session: Session, campaign: Campaign, today: date) -> Draft:
    before = newest_paper(session, key_of(campaign), PaperKind.REPORT, "")
    facts = report_facts(session, campaign, today)
    return report_draft(facts, today, "", None, texts_before(before))
