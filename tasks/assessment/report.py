"""The report of a mock assessment as a paper: what was done, what came of it, where it is weak."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.assessment.drill import Drill, Workpaper, drill_coded
from models.assessment.drills import begun_methods
from models.assessment.results import combined_of, kept_weights, weights_of
from models.assessment.workpapers import SAID, newest_reviewed
from models.campaign.campaign import Campaign
from models.keys import key_of
from models.papers.quoted import Dated, Quoted, unended
from models.rules.assessment.combining import Weight
from models.rules.assessment.words import Method
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.papers.drafts import aim_of, day_in_words
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, head_of, write_paper


@dataclass(frozen=True, slots=True)
class ScoredMethod:
    """A row of the table of results."""

    method: str
    part: str
    weight: str
    score: Quoted
    judged: str


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """A reviewed workpaper as the report tells it: sentences without the stop at their end."""

    method: str
    aim: str
    population: str
    sample: str
    procedure: str
    evidence: str
    result: str
    conclusion: str
    revision: int
    made_by: str
    reviewed_by: str


def write_drill_report(
    slug: str | None, drill: str, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    """Write the report of a drill from its reviewed workpapers; what is not reviewed is named as missing.

    Written again with nothing changed it is the same version. Raises NotFoundError for no such drill.
    """

    def compose(session: Session, campaign: Campaign) -> Composed:
        found = drill_coded(session, key_of(campaign), drill)
        return Composed(
            PaperKind.DRILL, _draft(session, campaign, found, (order, moment)), found.code
        )

    return write_paper(slug, order, moment, compose)


def _draft(
    session: Session, campaign: Campaign, drill: Drill, said: tuple[PaperOrder, Moment]
) -> Draft:
    order, moment = said
    papers = newest_reviewed(session, key_of(drill))
    total = combined_of(session, drill)
    weights = kept_weights(drill) or weights_of(session, drill.campaign_id)
    waiting = [one for one in begun_methods(session, key_of(drill)) if one not in papers]
    title = f"{aim_of(campaign.title, campaign.issuer)}模拟评估报告"
    values = {
        "title": title,
        "code": drill.code,
        "name": drill.title,
        "begin": day_in_words(drill.begin),
        "due": day_in_words(drill.due),
        "assessor": drill.assessor,
        "third_party": drill.third_party,
        "whole": total.words,
        "parts": total.parts,
        "scored": _rows(drill, papers, weights),
        "weak": total.weak_words,
        "papers": [_told(method, papers[method]) for method in Method if method in papers],
        "open_papers": "、".join(one.chinese for one in waiting),
        "today": Dated(day_in_words(moment.today)),
    }
    return Draft(
        title, drafted("drill", **values), red_head=head_of(campaign, order), values=values
    )


def _rows(
    drill: Drill, papers: dict[Method, Workpaper], weights: Sequence[Weight]
) -> list[ScoredMethod]:
    return [
        ScoredMethod(
            one.method.chinese,
            one.part.chinese,
            f"{one.points:g}",
            Quoted(
                f"{drill.code}/{one.method}/score",
                f"{paper.score:.2f}",
                f"{drill.code}{one.method.chinese}工作底稿第{paper.revision}版，"
                f"{paper.made_by}编制，{paper.reviewed_by}复核：{unended(paper.basis)}。",
            ),
            str(paper.judged),
        )
        for one in weights
        if (paper := papers.get(one.method)) and paper.score is not None
    ]


def _told(method: Method, paper: Workpaper) -> ToldPaper:
    said = {name: unended(getattr(paper, name)) or "没有写明" for name in SAID}
    made = {"made_by": paper.made_by, "reviewed_by": paper.reviewed_by}
    return ToldPaper(method.chinese, revision=paper.revision, **said, **made)
