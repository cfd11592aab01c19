"""Workpapers: one per test of a drill, made by one post, reviewed by another, locked from then on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from models.assessment.drill import Drill, Workpaper
from models.audit.chain import NewEntry, record
from models.errors import CampaignError, NotFoundError
from models.keys import key_of
from models.rules.assessment.words import DrillState, Method
from models.rules.bounds import LONGEST_PASSAGE, text_fault
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault

SAID = ("aim", "population", "sample", "procedure", "evidence", "result", "conclusion")
Scored = tuple[float | None, int, str]  # of 100, of how many, in words


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What a workpaper says, and who made it; an empty conclusion keeps the one that stands."""

    by: str
    aim: str = ""
    population: str = ""
    sample: str = ""
    procedure: str = ""
    evidence: str = ""
    result: str = ""
    conclusion: str = ""

    def filled(self, **usual: str) -> "PaperWords":
        """Return it with what is ``usual`` where it says nothing."""
        return replace(self, **{name: getattr(self, name) or text for name, text in usual.items()})


def drills_of(session: Session, campaign_id: int) -> list[Drill]:
    """Return the drills of a campaign in the order of their numbers."""
    query = select(Drill).where(Drill.campaign_id == campaign_id).order_by(col(Drill.number))
    return list(session.exec(query))


def drill_coded(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` (M1, in capitals or not); raises NotFoundError with those there are."""
    found = drills_of(session, campaign_id)
    wanted = code.strip().upper()
    if one := next((each for each in found if each.code == wanted), None):
        return one
    known = "、".join(f"{each.code}（{each.title}）" for each in found)
    raise NotFoundError(
        f"没有编号为 {code.strip()} 的模拟评估，现有：{known}"
        if found
        else "还没有模拟评估，请先运行 shifan assessment make"
    )


def open_drill_coded(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` to be written to; raises CampaignError for one that is over."""
    drill = drill_coded(session, campaign_id, code)
    if drill.state != DrillState.OPEN:
        raise CampaignError(f"{drill.code} {DrillState(drill.state).chinese}，不再登记")
    return drill


def changeable_drill(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` of which something may still be corrected; raises CampaignError for a dropped one.

    Of a finished one only what a new revision of a workpaper has opened again.
    """
    drill = drill_coded(session, campaign_id, code)
    if drill.state == DrillState.DROPPED:
        raise CampaignError(f"{drill.code} {DrillState.DROPPED.chinese}，不再登记")
    return drill


def workpapers_of(session: Session, drill_id: int) -> list[Workpaper]:
    """Return every workpaper of a drill, in the order of methods and revisions."""
    query = select(Workpaper).where(Workpaper.drill_id == drill_id)
    order = {method.value: n for n, method in enumerate(Method)}
    return sorted(session.exec(query), key=lambda one: (order[one.method], one.revision))


def newest_workpaper(session: Session, drill_id: int, method: Method) -> Workpaper | None:
    """Return the newest revision of a method's workpaper, None where none was made."""
    found = [one for one in workpapers_of(session, drill_id) if one.method == method]
    return found[-1] if found else None


def newest_reviewed(session: Session, drill_id: int) -> dict[Method, Workpaper]:
    """Return the newest reviewed workpaper of each method that has one; one statement."""
    found = workpapers_of(session, drill_id)
    return {Method(one.method): one for one in found if one.reviewed_at is not None}


def keep_workpaper(
    session: Session,
    drill: Drill,
    method: Method,
    words: PaperWords,
    scored: Scored,
    moment: Moment,
) -> int:
    """Make a method's workpaper, or bring its open revision in line, and return its revision. Repeatable.

    Raises CampaignError for a name where a post belongs, words that cannot be kept, or a workpaper that
    is locked and says something else.
    """
    _require(words)
    newest = newest_workpaper(session, key_of(drill), method)
    score, judged, basis = scored
    values = {name: getattr(words, name) for name in SAID}
    values["conclusion"] = words.conclusion or (newest.conclusion if newest else "")
    facts = values | {"score": score, "judged": judged, "basis": basis}
    if newest and all(getattr(newest, name) == value for name, value in facts.items()):
        return newest.revision
    if newest is None and drill.state != DrillState.OPEN:
        raise CampaignError(f"{drill.code} {DrillState(drill.state).chinese}，不再登记")
    if newest is not None and newest.reviewed_at is not None:
        raise CampaignError(locked_words(drill, newest))
    by = words.by.strip()
    paper = newest or Workpaper(
        drill_id=key_of(drill), method=method, made_by=by, made_at=moment.now
    )
    for name, value in (facts | {"made_by": by, "made_at": moment.now}).items():
        setattr(paper, name, value)
    session.add(paper)
    session.flush()
    said = {"revision": paper.revision, "score": score, "basis": basis}
    _record(session, drill, (by, "workpaper-made", method), said, moment)
    return paper.revision


def review_workpaper(
    session: Session, drill: Drill, method: Method, by: str, moment: Moment
) -> Workpaper:
    """Review the newest workpaper of a method and lock it; the same post again changes nothing.

    Raises CampaignError where there is none, it has no conclusion or no result, or the reviewer made it.
    """
    if fault := post_fault(by, "复核"):
        raise CampaignError(fault)
    paper = newest_workpaper(session, key_of(drill), method)
    if paper is None:
        raise CampaignError(f"{drill.code} 的{method.chinese}还没有工作底稿，请先编制")
    if paper.reviewed_at is not None:
        if paper.reviewed_by == by.strip():
            return paper
        raise CampaignError(locked_words(drill, paper))
    if paper.made_by == by.strip():
        raise CampaignError(f"工作底稿由{paper.made_by}编制，应由别的岗位复核")
    if missing := [
        word
        for word, said in (("结论", paper.conclusion), ("结果", paper.score is not None))
        if not said
    ]:
        raise CampaignError(
            f"{drill.code} {method.chinese}的工作底稿还没有{'、'.join(missing)}，不能复核"
        )
    paper.reviewed_by, paper.reviewed_at = by.strip(), moment.now
    session.add(paper)
    said = {"revision": paper.revision, "made_by": paper.made_by, "score": paper.score}
    _record(session, drill, (by.strip(), "workpaper-reviewed", method), said, moment)
    return paper


def revise_workpaper(
    session: Session, drill: Drill, method: Method, said: tuple[str, str], moment: Moment
) -> int:
    """Begin a new revision of a locked workpaper and return its number; ``said`` is by whom and why.

    The locked one stays and counts until the new one is reviewed. Asked again while it is open, its number.
    """
    by, reason = said[0].strip(), said[1].strip()
    fault = post_fault(by, "修改") or ("" if reason else "没有写明为什么要改")
    if fault:
        raise CampaignError(fault)
    paper = newest_workpaper(session, key_of(drill), method)
    if paper is None:
        raise CampaignError(f"{drill.code} 的{method.chinese}还没有工作底稿，不必另开新版")
    if paper.reviewed_at is None:
        return paper.revision
    keeps = {name: getattr(paper, name) for name in (*SAID, "score", "judged", "basis")}
    new = Workpaper(
        drill_id=paper.drill_id,
        method=method,
        revision=paper.revision + 1,
        reason=reason,
        made_by=by,
        made_at=moment.now,
        **keeps,
    )
    session.add(new)
    session.flush()
    told = {"revision": new.revision, "reason": reason}
    _record(session, drill, (by, "workpaper-revised", method), told, moment)
    return new.revision


def require_unlocked(session: Session, drill: Drill, method: Method) -> None:
    """Raise CampaignError where a method's newest workpaper is locked."""
    paper = newest_workpaper(session, key_of(drill), method)
    if paper is not None and paper.reviewed_at is not None:
        raise CampaignError(locked_words(drill, paper))


def locked_words(drill: Drill, paper: Workpaper) -> str:
    """Return that a workpaper is locked, and how to change it all the same."""
    name = Method(paper.method).chinese
    return (
        f"{drill.code} {name}的工作底稿第 {paper.revision} 版已由{paper.reviewed_by}复核锁定；要改，先运行 "
        f"shifan assessment revise {drill.code} {name} --by 职务 --reason 理由"
    )


def _require(words: PaperWords) -> None:
    faults = [fault for fault in [post_fault(words.by, "编制")] if fault]
    for name in SAID:
        if fault := text_fault(getattr(words, name), LONGEST_PASSAGE, lines=True):
            faults.append(fault)
    if faults:
        raise CampaignError("；".join(faults))


def _record(
    session: Session,
    drill: Drill,
    said: tuple[str, str, Method],
    facts: Mapping[str, object],
    moment: Moment,
) -> None:
    by, what, method = said
    subject = f"{drill.code}/{method.chinese}"
    record(session, drill.campaign_id, moment, NewEntry(by, what, subject, facts))
