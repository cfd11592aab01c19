"""巩固提升: what is missing in the package, what changed since it was made, what was uploaded, 回头看."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.evidence.packages.looking_back import changed_since
from models.evidence.packages.packaging import last_package, package_gaps
from models.evidence.packages.receipts import receipt_lines
from models.figures.scoring import score_lines
from models.keys import key_of
from models.rules.findings.words import FindingState
from models.rules.words import MilestoneKind, words_of
from models.settings import local_day, local_minute
from models.stages.due_things import DueThing, due_things
from models.stages.looked_back import FindingSeen, findings_seen
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound
from tasks.packages.looking_back import change_row
from tasks.stages.chapter import chapters_by, day_or_open


def package_standing(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return what the package lacks and what changed since it was made last."""
    return chapters_by(rounds, _package)


def _package(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    id_ = key_of(campaign)
    gaps, last = package_gaps(session, id_), last_package(session, id_)
    rows = [
        ("缺材料", f"{g.indicator_code} {g.demand or g.indicator}", "没有通过核查的材料")
        for g in gaps
    ]
    made, changes = "还没有生成过申报材料包", 0
    if last:
        days = local_day(last.made_at), one.today
        changed = [change_row(each) for each in changed_since(session, id_, last.made_at, *days)]
        rows += [(f"{kind}有变化", f"{code} {what}", said) for kind, code, what, said in changed]
        changes = len(changed)
        made = f"最近一次材料包 {local_minute(last.made_at)} 生成，此后有 {changes} 处变化"
    if gaps or any(each.counts for each in score_lines(session, id_)):
        line, brief = f"{made}；缺项 {len(gaps)} 处", f"材料包缺 {len(gaps)} 项" if gaps else ""
    else:
        line = f"{made}；还没有装入指标表，材料不能按指标归类，缺什么数不出来（shifan indicators load）"
        brief = "没有指标表"
    return Chapter("申报材料包", line, ("类别", "内容", "情况"), rows, brief)


def uploads_registered(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return which accepted pieces have no receipt of the application system yet."""
    return chapters_by(rounds, _uploads)


def _uploads(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    lines = receipt_lines(session, key_of(campaign))
    waiting = [line for line in lines if line.uploaded_on is None]
    rows = [
        (line.indicator_code, f"{line.code} {line.title}", f"第 {line.revision} 版")
        for line in waiting
    ]
    said = (
        f"应上传 {len(lines)} 份，已登记上传 {len(lines) - len(waiting)} 份"
        if lines
        else "还没有通过核查的材料可以上传"
    )
    brief = f"{len(waiting)} 份没有登记上传" if waiting else ""
    return Chapter("上传登记", said, ("指标", "材料", "版次"), rows, brief)


def findings_looked_back(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return which problems are open, and which were closed and not looked at again."""
    return chapters_by(rounds, _looked_back)


def _looked_back(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    found = findings_seen(session, key_of(campaign))
    still = [f for f in found if f.is_open]
    unlooked = [f for f in found if f.wants_a_look]
    visits = due_things(session, key_of(campaign), [MilestoneKind.VISIT])
    missed = [visit for visit in visits if visit.is_late(one.today)]
    rows = [_finding_row(f) for f in (*still, *unlooked)] + [_visit_row(v) for v in missed]
    line = (
        f"问题 {len(found)} 个：没有销号 {len(still)} 个，销号后还没有回头看 {len(unlooked)} 个"
        if found
        else "还没有登记过问题（shifan findings），不等于没有问题"
    )
    if visits:
        left = sum(not visit.state.is_over for visit in visits)
        line += f"；督导检查 {len(visits)} 次，还有 {left} 次没有登记，其中逾期 {len(missed)} 次"
    parts = (
        f"{len(still)} 个问题没有销号" if still else "",
        f"{len(unlooked)} 个没有回头看" if unlooked else "",
    )
    brief = "，".join(filter(None, parts))
    return Chapter("回头看", line, ("问题", "责任", "时限", "情况"), rows, brief)


def _visit_row(one: DueThing) -> tuple[str, ...]:
    return f"{one.code} {one.title}", one.owner, day_or_open(one.due), "督导检查逾期没有登记"


def _finding_row(one: FindingSeen) -> tuple[str, ...]:
    state = "已销号，没有回头看" if one.wants_a_look else words_of(FindingState)[one.state]
    return f"{one.code} {one.problem[:40]}", one.unit, day_or_open(one.due), state
