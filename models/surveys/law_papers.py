"""Draw the papers of a test, once and for all, and mark what candidates answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.bank import LawItem
from models.rules.surveys.composing import VERSIONS, PaperPart, chosen, laid_out, total_points
from models.rules.surveys.marking import points_for
from models.rules.surveys.words import STAFF, Audience, QuestionKind
from models.surveys.law_test import LawCandidate, LawPaper, LawTest, candidates_of, papers_of
from models.surveys.question import bank_items


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """A version of a paper: for whom, which, and its questions as they are printed."""

    audience: Audience
    version: str
    items: tuple[LawItem, ...]

    @property
    def total(self) -> float:
        """Return what it is worth in all."""
        return sum(one.points for one in self.items)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What a candidate answered: his number, the version he had, an answer to each question in its order."""

    number: str
    version: str
    answers: tuple[str, ...]


def parts_of_test(test: LawTest) -> list[PaperPart]:
    """Return what the papers of a test are made of, as it was when the test was made."""
    return [
        PaperPart(
            Audience(one["audience"]), QuestionKind(one["kind"]), one["subject"], one["count"], one["points"]
        )
        for one in json.loads(test.rules)
    ]  # fmt: skip


def drawn_papers(session: Session, test: LawTest) -> list[PaperVersion]:
    """Return the papers of a test, enforcement first; none before they are drawn."""
    found = [
        PaperVersion(Audience(one.audience), one.version, _items_in(one.items))
        for one in papers_of(session, test)
    ]
    return sorted(found, key=lambda one: (STAFF.index(one.audience), one.version))


def draw_papers(session: Session, test: LawTest, by: str, moment: Moment) -> list[PaperVersion]:
    """Draw the papers of ``test`` from its seed and the bank, and keep them; the second time they are as they are.

    A repeat takes other questions than the test it repeats, other staff others than enforcement staff,
    wherever the bank has them. Raises PlanError with everything the bank lacks, and CampaignError where
    two papers that must differ would be the same.
    """
    if test.drawn_at is not None:
        return drawn_papers(session, test)
    bank, before = bank_items(session, test.campaign_id), _asked_before(session, test)
    parts, found, lacking = parts_of_test(test), {}, []
    used: set[int] = set()
    for staff in STAFF:
        if not total_points(parts, staff):
            continue
        avoided = before.get(staff, set()) | used
        found[staff], lacks = chosen(bank, parts, staff, test.seed, avoided)
        lacking += lacks
        used |= {one.number for one in found[staff]}
    if lacking:
        raise PlanError("题库", lacking)
    _require_different(found, before)
    papers = [
        PaperVersion(staff, version, tuple(laid_out(items, staff, version, test.seed)))
        for staff, items in found.items()
        for version in VERSIONS[: test.versions]
    ]
    _keep(session, test, papers, by, moment)
    return papers


def _asked_before(session: Session, test: LawTest) -> dict[Audience, set[int]]:
    """Return the questions of the test that this one repeats, by staff."""
    first = session.get(LawTest, test.repeat_of) if test.repeat_of else None
    asked: dict[Audience, set[int]] = {}
    for paper in drawn_papers(session, first) if first else []:
        asked.setdefault(paper.audience, set()).update(one.number for one in paper.items)
    return asked


def _require_different(
    found: Mapping[Audience, Sequence[LawItem]], before: Mapping[Audience, set[int]]
) -> None:
    numbers = {staff: {one.number for one in items} for staff, items in found.items()}
    if len(numbers) == len(STAFF) and numbers[STAFF[0]] == numbers[STAFF[1]]:
        raise CampaignError("执法人员和其他人员会拿到同样的题目：题库太小，请补充题目后再组卷")
    for staff, own in numbers.items():
        if own == before.get(staff):
            raise CampaignError(
                f"{staff.chinese}补考会拿到与上次同样的题目：题库太小，请补充题目后再组卷"
            )


def _keep(
    session: Session, test: LawTest, papers: Sequence[PaperVersion], by: str, moment: Moment
) -> None:
    texts = [items_text(one.items) for one in papers]
    session.add_all(
        LawPaper(test_id=key_of(test), audience=one.audience.value, version=one.version, items=text)
        for one, text in zip(papers, texts, strict=True)
    )
    test.drawn_at = moment.now
    session.add(test)
    session.flush()
    digest = sha256("\n".join(texts).encode()).hexdigest()
    facts = {"seed": test.seed, "rows": len(papers), "sha256": digest}
    name = f"第 {test.number} 次法律知识测试"
    record(session, test.campaign_id, moment, NewEntry(by, "law-papers-drawn", name, facts))


def take_answers(
    session: Session, test: LawTest, sheets: Sequence[AnswerSheet], by: str
) -> tuple[int, int]:
    """Mark ``sheets`` and keep answers and marks; return how many are new, and how many changed.

    Repeatable. Every number and version was looked at before; the caller writes the entry.
    """
    papers = {(one.audience.value, one.version): one for one in drawn_papers(session, test)}
    rows = {one.number: one for one in candidates_of(session, test)}
    fresh = changed = 0
    for sheet in sheets:
        row = rows[sheet.number]
        paper = papers[row.audience, sheet.version]
        said = {
            "version": sheet.version,
            "answers": " ".join(one or "-" for one in sheet.answers),
            "mark": paper_mark(paper, sheet.answers, partial=test.partial),
            "total": paper.total,
        }
        if all(getattr(row, name) == value for name, value in said.items()):
            continue
        fresh += row.mark is None
        changed += row.mark is not None
        row.sqlmodel_update(said | {"entered_by": by})
        session.add(row)
    session.flush()
    return fresh, changed


def paper_mark(paper: PaperVersion, answers: Sequence[str], *, partial: bool) -> float:
    """Return the points of a candidate's answers."""
    told = zip(paper.items, answers, strict=True)
    points = sum(
        points_for(item.kind, item.answer, given, item.points, partial=partial)
        for item, given in told
    )
    return round(points, 2)


def items_text(items: Sequence[LawItem]) -> str:
    """Return questions as canonical JSON: what was asked, in which order, and what was right."""
    rows = [
        [one.number, one.kind.value, one.text, one.options, one.answer, one.subject, one.points]
        for one in items
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _items_in(text: str) -> tuple[LawItem, ...]:
    return tuple(
        LawItem(number, QuestionKind(kind), said, tuple(options), answer, subject, Audience.BOTH, points)
        for number, kind, said, options, answer, subject, points in json.loads(text)
    )  # fmt: skip


def repeat_of(session: Session, test: LawTest) -> LawTest | None:
    """Return the repeat of a test, None where there is none."""
    return session.exec(select(LawTest).where(col(LawTest.repeat_of) == key_of(test))).first()


def candidates_in(session: Session, test: LawTest) -> dict[str, LawCandidate]:
    """Return who is to sit a test, by number."""
    return {one.number: one for one in candidates_of(session, test)}
