"""Workpapers: one per test of a drill, made by one post, reviewed by another, locked from then on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from sqlmodel import Session, col, select

from models.assessment.drill import Drill, Workpaper
from models.assessment.entries import record_method, subject_of
from models.audit.chain import AuditEntry
from models.errors import CampaignError
from models.keys import key_of
from models.rules.assessment.procedures import AIMS, PROCEDURES
from models.rules.assessment.words import DrillState, Method
from models.rules.bounds import LONGEST_PASSAGE, text_fault
from models.rules.calendar.moment import Moment
from models.rules.text import squeeze
from models.rules.words import post_fault

SAID = ("aim", "population", "sample", "procedure", "evidence", "result", "conclusion")
OWN_WORDS = (
    "aim",
    "procedure",
    "conclusion",
)  # what an office writes itself; it stays until it writes anew
Scored = tuple[float | None, int, str]  # of 100, of how many, in words


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What a workpaper says, and who made it; an empty aim, procedure or conclusion keeps what stands."""

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


def workpapers_of(session: Session, drill_id: int) -> list[Workpaper]:
    """Return every workpaper of a drill, in the order of methods and revisions."""
    return _workpapers(session, [drill_id])


def _workpapers(session: Session, drill_ids: Sequence[int]) -> list[Workpaper]:
    query = select(Workpaper).where(col(Workpaper.drill_id).in_(drill_ids))
    order = {method.value: n for n, method in enumerate(Method)}
    return sorted(session.exec(query), key=lambda one: (order[one.method], one.revision))


def newest_workpaper(session: Session, drill_id: int, method: Method) -> Workpaper | None:
    """Return the newest revision of a method's workpaper, None where none was made."""
    found = [one for one in workpapers_of(session, drill_id) if one.method == method]
    return found[-1] if found else None


def newest_reviewed(session: Session, drill_id: int) -> dict[Method, Workpaper]:
    """Return the newest reviewed workpaper of each method that has one; one statement."""
    return all_newest_reviewed(session, [drill_id])[drill_id]


def all_newest_reviewed(
    session: Session, drill_ids: Sequence[int]
) -> dict[int, dict[Method, Workpaper]]:
    """Return what `newest_reviewed` does of each drill; at most one statement for all of them."""
    found: dict[int, dict[Method, Workpaper]] = {one: {} for one in drill_ids}
    for one in _workpapers(session, drill_ids) if drill_ids else ():
        if one.reviewed_at is not None:
            found[one.drill_id][Method(one.method)] = one
    return found


def keep_workpaper(
    session: Session,
    drill: Drill,
    method: Method,
    words: PaperWords,
    scored: Scored,
    moment: Moment,
) -> int:
    """Make a method's workpaper, or bring its open revision in line, and return its revision. Repeatable.

    Aim and procedure are the usual ones until somebody writes others. Raises CampaignError for a name where a
    post belongs, words that cannot be kept, or a workpaper that is locked and says something else.
    """
    _require(words)
    newest = newest_workpaper(session, key_of(drill), method)
    score, judged, basis = scored
    usual = {"aim": AIMS[method], "procedure": PROCEDURES[method], "conclusion": ""}
    stands = {name: getattr(newest, name) for name in OWN_WORDS} if newest else usual
    whole = words.filled(**stands)
    facts: dict[str, object] = {name: getattr(whole, name) for name in SAID}
    facts |= {"score": score, "judged": judged, "basis": basis}
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
    record_method(session, drill, (by, "workpaper-made", method), said, moment)
    return paper.revision


def review_workpaper(
    session: Session, drill: Drill, method: Method, by: str, moment: Moment
) -> Workpaper:
    """Review the newest workpaper of a method and lock it; the same post again changes nothing.

    Raises CampaignError where there is none, it has no conclusion or no result, or the reviewer wrote any of it.
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
    if maker := _maker_named(session, drill, paper, by):
        raise CampaignError(f"工作底稿由{maker}编制，应由别的岗位复核")
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
    record_method(session, drill, (by.strip(), "workpaper-reviewed", method), said, moment)
    return paper


def _maker_named(session: Session, drill: Drill, paper: Workpaper, by: str) -> str:
    """Return who of those that wrote this revision is ``by``, however it is written; empty for none."""
    query = select(AuditEntry.who, AuditEntry.facts).where(
        AuditEntry.campaign_id == drill.campaign_id,
        AuditEntry.subject == subject_of(drill, Method(paper.method)),
        col(AuditEntry.what).in_(("workpaper-made", "workpaper-revised")),
    )
    wrote = [
        who for who, facts in session.exec(query) if json.loads(facts)["revision"] == paper.revision
    ]
    return next((one for one in (*wrote, paper.made_by) if _same_post(one, by)), "")


def _same_post(one: str, other: str) -> bool:
    left, right = (squeeze(normalize("NFKC", post)).casefold() for post in (one, other))
    return left == right


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
    record_method(session, drill, (by, "workpaper-revised", method), told, moment)
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
