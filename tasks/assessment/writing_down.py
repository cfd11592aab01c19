"""Workpapers from the record: what was drawn, what was found, what it comes to, in words of an office."""

from collections.abc import Sequence

from sqlmodel import Session

from models.assessment.drill import Drill, DrillDraw, changeable_drill
from models.assessment.marks import JudgedItem, judged_items, scores_by_unit
from models.assessment.workpapers import (
    PaperWords,
    Scored,
    keep_workpaper,
    newest_workpaper,
    review_workpaper,
    revise_workpaper,
)
from models.campaign.campaign import writing_to
from models.errors import CampaignError
from models.keys import key_of
from models.rules.assessment.marking import APART, SETTLED, mean_of
from models.rules.assessment.words import DRAWN, Method, ReviewOutcome
from models.rules.audit.chain import in_groups
from models.rules.calendar.moment import Moment
from models.units.unit import units_of
from tasks.assessment.records import drawn_of


def write_workpaper(
    slug: str | None, drill: str, method: Method, words: PaperWords, moment: Moment
) -> str:
    """Make the workpaper of a method from its record, or bring the open one in line; say what it came to. Repeatable.

    Of a method that is tested elsewhere only words may be added to the result that was handed in.
    """
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        if method in DRAWN:
            draw = drawn_of(session, found, method)
            units = [one.name for one in units_of(session, key_of(campaign))]
            whole, scored = _from_record(session, draw, words, units)
        else:
            whole, scored = _from_result(session, found, method, words)
        revision = keep_workpaper(session, found, method, whole, scored, moment)
        return f"{found.code} {method.chinese}的工作底稿第 {revision} 版：{whole.result}"


def review(slug: str | None, drill: str, method: Method, by: str, moment: Moment) -> str:
    """Review the workpaper of a method and lock it; say so."""
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        paper = review_workpaper(session, found, method, by, moment)
        return (
            f"{found.code} {method.chinese}的工作底稿第 {paper.revision} 版由{paper.made_by}编制、"
            f"{paper.reviewed_by}复核，已锁定"
        )


def revise(
    slug: str | None, drill: str, method: Method, said: tuple[str, str], moment: Moment
) -> str:
    """Begin a new revision of a locked workpaper, by whom and why ``said`` tells; say which."""
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        revision = revise_workpaper(session, found, method, said, moment)
        return (
            f"{found.code} {method.chinese}的工作底稿现在改第 {revision} 版，复核以前仍以原来的为准"
        )


def _from_record(
    session: Session, draw: DrillDraw, words: PaperWords, units: Sequence[str]
) -> tuple[PaperWords, Scored]:
    method = Method(draw.method)
    items = judged_items(session, draw)
    scored = _scored(method, items)
    left_out = f"；样本容不下、没有抽到的：{draw.left_out}" if draw.left_out else ""
    again = f"；第 {draw.number} 次抽样，因{draw.reason}" if draw.number > 1 else ""
    reviewers = list(dict.fromkeys(name for one in items for name in one.judged.by_reviewer))
    marks = sum(len(one.judged.by_reviewer) for one in items)
    whole = words.filled(
        population=f"共 {draw.population} 个，名单留存在材料库，SHA-256 指纹 {in_groups(draw.population_sha256[:16])}",
        sample=f"抽 {draw.size} 个，种子 {draw.seed}（{draw.source}），抽取以前写入记录链{again}{left_out}",
        evidence=f"{'、'.join(reviewers) or '还没有评查人'}的评估记录，{marks} 份",
        result=_result(method, items, scored, units),
    )
    return whole, scored


def _scored(method: Method, items: Sequence[JudgedItem]) -> Scored:
    scores = [one.judged.score for one in items]
    judged = sum(score is not None for score in scores)
    waiting = sum(one.judged.unmarked or one.judged.disputed for one in items)
    unseen = len(items) - judged - waiting
    basis = f"抽 {len(items)} 个，评 {judged} 个" + (
        f"，没有看成 {unseen} 个不计" if unseen else ""
    )
    return (None if waiting else mean_of(scores)), judged, basis


def _result(
    method: Method, items: Sequence[JudgedItem], scored: Scored, units: Sequence[str]
) -> str:
    score, _, basis = scored
    said = [basis, _counts(method, items)]
    unmarked = sum(one.judged.unmarked for one in items)
    disputed = [one.item.key for one in items if one.judged.disputed]
    if unmarked:
        said.append(f"还有 {unmarked} 个没有评完")
    if disputed:
        said.append(
            f"两名评查人意见不同（相差超过 {APART:g} 分，或是否合格不同）要合议的：{'、'.join(disputed)}，"
            f"合议后以“{SETTLED}”为评查人登记"
        )
    apart = max((one.judged.apart for one in items), default=0.0)
    if any(len(one.judged.by_reviewer) > 1 for one in items):
        said.append(f"评查人之间最多相差 {apart:.2f} 分")
    if score is not None:
        said.append(f"平均 {score:.2f} 分")
    order = {name: n for n, name in enumerate(units)}
    own = sorted(scores_by_unit(items), key=lambda one: order.get(one[0], len(order)))
    named = [f"{unit} {mean:.2f} 分（{count} 个）" for unit, count, mean in own if mean is not None]
    if unit_lines := "、".join(named):
        said.append(f"按单位（方案中的次序，不是名次）：{unit_lines}")
    return "；".join(filter(None, said))


def _counts(method: Method, items: Sequence[JudgedItem]) -> str:
    """Return in words how many there are of each: files that failed, or demands by outcome."""
    if method is Method.CASE_FILES:
        failed = [
            one.item.key
            for one in items
            if one.judged.score is not None
            and any(each.vetoes for each in one.judged.by_reviewer.values())
        ]
        return f"不合格 {len(failed)} 卷" + (f"（{'、'.join(failed)}）" if failed else "")
    met = sum(one.judged.score == 100 for one in items)
    missed = sum(one.judged.score == 0 for one in items)
    partly = sum(one.judged.score is not None for one in items) - met - missed
    return (
        f"全部{ReviewOutcome.MET.chinese} {met} 个、部分{ReviewOutcome.MET.chinese} {partly} 个、"
        f"{ReviewOutcome.MISSED.chinese} {missed} 个"
    )


def _from_result(
    session: Session, drill: Drill, method: Method, words: PaperWords
) -> tuple[PaperWords, Scored]:
    paper = newest_workpaper(session, key_of(drill), method)
    if paper is None:
        raise CampaignError(f"{drill.code} 的{method.chinese}还没有报来结果")
    stands = {name: getattr(paper, name) for name in ("aim", "population", "sample", "procedure")}
    stands |= {"evidence": paper.evidence, "result": paper.result}
    return words.filled(**stands), (paper.score, paper.judged, paper.basis)
