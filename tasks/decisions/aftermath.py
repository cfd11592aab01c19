"""After an answer: who hears of it, and what the one who gave it reads."""

from collections.abc import Iterable
from dataclasses import replace

from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.decisions.decision import ASKED, OBJECTED, STATUS_WORDS, Decision
from models.decisions.hearing import Hearing
from models.notices.stages import owners
from models.rules.decisions.answers import Answer, Said
from models.rules.said import inside
from models.rules.words import StageStatus
from models.settings import local_minute


def tell_all(hearing: Hearing, verdict: Answer, word: Occasion, opened: Stage | None) -> None:
    """Write the notices of a settled answer: owners of a returned stage, else office and leaders."""
    one = hearing.in_hours()
    stage, everybody = one.stage, one.everybody

    def say(rule: str, detail: str, posts: Iterable[int] = everybody) -> None:
        one.tell(rule, posts, detail=detail)

    because = f"理由：{inside(word.reason)}" if word.reason else ""
    if one.decision.is_opening:
        if opened is None:
            say("opening_refused", because)
    elif verdict is Answer.RETURN:
        units = [obstacle.owner for obstacle in word.obstacles]
        owning = owners(one.session, stage.campaign_id, units)
        say("stage_returned", because, dict.fromkeys([*owning, *everybody]))
    elif verdict is Answer.POSTPONE:
        original = stage.original_end or "未定"
        say("stage_postponed", f"延期到 {stage.planned_end}（原定 {original}）；{because}")
    elif verdict is Answer.FORCE:
        say("stage_closed", f"强制推进，保留 {len(word.obstacles)} 项未满足的条件；{because}")
    else:
        say("stage_closed", f"{word.who}批准")
    if opened is not None:
        early = f"{word.who}批准提前启动" if one.decision.is_opening else ""
        replace(one, stage=opened).tell("stage_opened", everybody, str(opened.opened_on), early)


def answer_in_words(
    one: Hearing, verdict: Answer, who: str, said: Said, opened: Stage | None
) -> str:
    """Return what a settled answer did, in one line."""
    stage, name = one.stage, f"“{one.stage.name}”"
    if one.decision.is_opening:
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


def closed_in_words(decision: Decision) -> str:
    """Return how a question ended, in one line; empty while it is open."""
    if decision.status == ASKED:
        return ""
    when = local_minute(decision.closed_at or decision.asked_at)
    if decision.answer:
        word = Answer(decision.answer).chinese
        said = f"已由{decision.answered_by}于 {when} 作出决定（{word}）"
        return f"{said}，后来{decision.closed_why}" if decision.status == OBJECTED else said
    status = STATUS_WORDS[decision.status]
    return f"已于 {when} 失效（{decision.closed_why or status}）"
