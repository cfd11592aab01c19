"""After an answer: who hears of it, and what the one who gave it reads."""

from collections.abc import Iterable

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.decisions.decision import Decision
from models.keys import key_of
from models.notices.stages import leaders_and_office, owners
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.decisions.decisions import Answer, Said
from models.rules.words import StageStatus


def tell_all(
    session: Session,
    decision: Decision,
    stage: Stage,
    verdict: Answer,
    word: Occasion,
    opened: Stage | None,
    moment: Moment,
) -> None:
    """Write the notices of a settled answer: owners of a returned stage, else office and leaders."""
    moment = in_hours(session, moment)
    everybody = leaders_and_office(session, stage.campaign_id)

    def say(about: Stage, rule: str, posts: Iterable[int], once: str, detail: str) -> None:
        word = Word("stage", key_of(about), rule, once, detail=detail)
        tell(session, stage.campaign_id, ((post, word) for post in posts), moment)

    once = str(decision.id)
    because = f"理由：{word.reason}" if word.reason else ""
    if decision.is_opening:
        if opened is None:
            say(stage, "opening_refused", everybody, once, because)
    elif verdict is Answer.RETURN:
        owning = owners(session, stage.campaign_id, [one.owner for one in word.obstacles])
        say(stage, "stage_returned", dict.fromkeys([*owning, *everybody]), once, because)
    elif verdict is Answer.POSTPONE:
        until = f"延期到 {stage.planned_end}（原定 {stage.original_end or '未定'}）；{because}"
        say(stage, "stage_postponed", everybody, once, until)
    else:
        kept = f"强制推进，保留 {len(word.obstacles)} 项未满足的条件；{because}"
        detail = kept if verdict is Answer.FORCE else f"{word.who}批准"
        say(stage, "stage_closed", everybody, once, detail)
    if opened is not None:
        early = f"{word.who}批准提前启动" if decision.is_opening else ""
        say(opened, "stage_opened", everybody, str(opened.opened_on), early)


def in_words(
    decision: Decision, stage: Stage, verdict: Answer, who: str, said: Said, opened: Stage | None
) -> str:
    """Return what a settled answer did, in one line."""
    name = f"“{stage.name}”"
    if decision.is_opening:
        if opened is not None:
            return f"{who}批准，{name}已提前启动"
        return f"{who}退回，{name}不提前启动，计划 {stage.planned_start or '未定'} 启动"
    if verdict is Answer.RETURN:
        return f"{who}退回{name}，阶段继续进行，已通知责任单位"
    if verdict is Answer.POSTPONE:
        return f"{who}将{name}延期到 {said.new_end}，原定日期保留"
    word = "批准" if verdict is Answer.APPROVE else "强制推进"
    following = f"，“{opened.name}”已启动" if opened is not None else ""
    ended = "已结束" if stage.status == StageStatus.CLOSED else "未变"
    return f"{who}{word}，{name}{ended}{following}"
