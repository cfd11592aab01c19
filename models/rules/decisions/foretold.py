"""What an answer would do, in one sentence, before it is given: read on the last page before it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.rules.bounds import shown
from models.rules.calendar.arrangement import day_in_words
from models.rules.decisions.answers import Answer, Said, Voice, verdict
from models.rules.decisions.decisions import REST_AFTER_RETURN

NAMED = 3  # units named in a sentence; the others are counted


@dataclass(frozen=True, slots=True)
class NamedStage:
    """A stage as a sentence names it; ``start`` is its planned day."""

    ordinal: int
    name: str
    start: date | None = None

    @property
    def words(self) -> str:
        """Return it in words: 第2阶段“实施推进”."""
        return f"第{self.ordinal}阶段“{shown(self.name)}”"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an answer would meet as things stand: the facts that `take_answer` itself goes by.

    ``voices`` are the posts that it is put to, ``speaker`` the one that would speak. ``opens`` is the
    stage that a closing would open, ``going`` whether another one is under way.
    ``owners`` are the units whose something is in the way; ``told`` and ``told_back`` count the posts
    that would hear of it, of a 退回 with the owners'.
    """

    today: date
    stage: NamedStage
    end: date | None
    original_end: date | None
    opening: bool
    voices: Sequence[Voice]
    speaker: str
    together: bool
    obstacles: int = 0
    opens: NamedStage | None = None
    going: bool = False
    owners: Sequence[str] = ()
    told: int = 0
    told_back: int = 0


def sentence_of(said: Said, at: Prospect) -> str:
    """Return what will happen once ``said`` counts; ``said`` must be free of faults.

    Rests on the same rules as the act (`verdict`, `opens_after`), so it comes out as it says unless
    something changes between the page and the click.
    """
    answer = said.answer
    if answer is None:
        return ""
    if answer is Answer.TRANSFER:
        return _handed_on(shown(said.transfer_to.strip()), at)
    comes_to = _verdict_with(answer, at)
    if comes_to is None:
        return _still_waits(answer, at)
    if at.opening:
        return _opening(comes_to, at)
    if comes_to is Answer.RETURN:
        return _returned(at)
    if comes_to is Answer.POSTPONE:
        return _postponed_to(said.new_end, at)
    return _closed(answer, comes_to, at)


def _verdict_with(answer: Answer, at: Prospect) -> Answer | None:
    voices = [replace(v, answer=answer) if v.post == at.speaker else v for v in at.voices]
    return verdict(voices, at.together)


def _still_waits(answer: Answer, at: Prospect) -> str:
    silent = [v.post for v in at.voices if v.answer is None and v.post != at.speaker]
    who = "、".join(silent)
    return (
        f"{answer.chinese}记为{at.speaker}的表态；还要{who}表态后才算数，{at.stage.words}现在不变。"
    )


def _handed_on(to: str, at: Prospect) -> str:
    return (
        f"转办后：这件事改由{to}决定，验证码另发给{to}，手里的验证码随即作废；"
        f"{at.stage.words}现在不变。"
    )


def _opening(comes_to: Answer, at: Prospect) -> str:
    planned = day_in_words(at.stage.start) if at.stage.start else ""
    if comes_to is Answer.APPROVE:
        plan = f"，不等原计划的{planned}" if planned else ""
        return f"批准后：{at.stage.words}从今天启动{plan}，进行中的阶段照常，{_hear(at.told)}。"
    when = f"仍在{planned}启动" if planned else "启动的日子仍未定"
    return f"退回后：{at.stage.words}不提前启动，{when}，{_hear(at.told)}。"


def _returned(at: Prospect) -> str:
    units = list(dict.fromkeys(at.owners))
    more = f"等 {len(units)} 个责任单位" if len(units) > NAMED else ""
    named = "、".join(map(shown, units[:NAMED])) + more
    heard = f"理由发给{named}、创建办和领导" if units else "理由发给创建办和领导"
    return (
        f"退回后：{at.stage.words}继续进行，{heard}（共 {at.told_back} 个岗位）；"
        f"{REST_AFTER_RETURN} 个工作日内不自动再提请。"
    )


def _postponed_to(new_end: date | None, at: Prospect) -> str:
    if new_end is None:
        return ""
    until = _day(new_end, at.today)
    before = f"由{_day(at.end, at.today)}改为{until}" if at.end else f"定为{until}"
    kept = at.original_end or at.end
    original = f"，原定的{_day(kept, at.today)}保留在记录里" if kept else ""
    return (
        f"延期后：{at.stage.words}继续进行，结束日{before}{original}，"
        f"定在结束日的事项一并顺延，{_hear(at.told)}。"
    )


def _closed(answer: Answer, comes_to: Answer, at: Prospect) -> str:
    forced = comes_to is Answer.FORCE
    kept = (
        f"，{at.obstacles} 项没有满足的条件留在记录里、仍要补办" if forced and at.obstacles else ""
    )
    turned = "（有人强制推进，按强制推进办理）" if forced and answer is not Answer.FORCE else ""
    return f"{answer.chinese}后{turned}：{at.stage.words}今天结束{kept}，{_next(at)}，{_hear(at.told)}。"


def _next(at: Prospect) -> str:
    if at.opens:
        return f"{at.opens.words}从今天启动"
    return "别的阶段照常进行" if at.going else "各阶段到此全部结束"


def _hear(count: int) -> str:
    return f"创建办和领导共 {count} 个岗位收到通知" if count else "没有岗位可以通知"


def _day(day: date, today: date) -> str:
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day_in_words(day)}"
