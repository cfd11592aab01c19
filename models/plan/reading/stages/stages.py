"""Stages: the items of the chapter that lays the work out in time, with their dates."""

from collections.abc import Sequence
from datetime import date

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.lists import read_as_range
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.years import read_stage_period
from models.plan.reading.stages.dates import (
    LABEL,
    LEAD,
    NUMBERED,
    StageDate,
    find_stage_date,
    is_only_a_date,
)
from models.plan.reading.stages.doubts import (
    HALF_A_YEAR,
    Front,
    long_before,
    other_stages,
    unsure_stage,
    what_is_left,
)
from models.plan.reading.stages.running_stages import other_days
from models.plan.reading.stages.texts import StageText
from models.plan.reading.text.numerals import written
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import PlanStage
from models.plan.stage_kinds import stage_kind
from models.plan.vocabulary import Vocabulary

# A stage of which only the end is known began some time before: no year passed to one that begins then.
NEXT_YEAR = r"次年|翌年|来年"

NO_DATE = "没有读到日期"


class StageReader:
    """Reads the stages of one chapter one after the other: a date leans on the dates before it."""

    def __init__(self, issued: date | None, year: int | None, words: Vocabulary) -> None:
        self.issued, self.year, self.words = issued, year, words
        self.says_a_year = False  # the chapter did, in its introduction or by an earlier stage
        self.before: date | None = None  # the start of the preceding stage, or a guess of it
        self.front = Front()
        self.counted_from: int | None = None  # the year from which 次年 was counted before
        self.ends: dict[str, date | None] = {}
        self.doubts: list[tuple[int, str]] = []
        self.guessed = 0  # names that are only the words behind a date: 6月：组织宣传周

    def introduce(self, text: str) -> None:
        """Take the year from the sentence that introduces the stages (从2024年3月开始，…)."""
        if found := pattern(r"(?<![\d〔（([])(20\d{2})年(?:度)?(?:\d{1,2}月)").search(text):
            self.year = int(found[1])
            self.says_a_year = True

    def read(self, items: Sequence[StageText]) -> list[PlanStage]:
        """Return the stages with exact dates; ``doubts`` then names (ordinal, reason)."""
        stages = [self._read(item, index + 1) for index, item in enumerate(items)]
        if len(items) == 1 and (more := other_days(items[0].head, stages[0].raw or "")):
            self.doubts.append((1, f"只读出这一个阶段，其中的{quoted(more)}没有读成阶段，请核对"))
        bare = [stage for stage in stages if stage.name == f"第{written(stage.ordinal)}阶段"]
        if self.guessed and bare and self.guessed + len(bare) == len(stages):
            for stage in stages:  # not all have such words: then none is named by them
                stage.name = f"第{written(stage.ordinal)}阶段"
        for index, stage in enumerate(stages):
            stage.kind = stage_kind(stage.name, index, len(stages), self.words)
        return stages

    def read_row(self, ordinal: int, name: str, when: str, text: str, source: Passage) -> PlanStage:
        """Return the stage of one row of a table of stages."""
        words = pattern(rf"^(?:{LABEL})").sub("", when.strip("（）()"))
        period = self._period(words, self._context(when)) if words else None
        name = name_of(f"{name}", None) or f"第{written(ordinal)}阶段"
        found = StageDate(name, when or None, period, when)
        return self._stage(ordinal, name, found, row_steps(text), source)

    def _context(self, text: str) -> Context:
        again = self.counted_from and pattern(NEXT_YEAR).search(text)
        year = self.counted_from if again else self.year
        return Context(self.issued, year, self.before, self.ends)

    def _period(self, text: str, context: Context, at: int = 0) -> Period | None:
        read = read_period if self.says_a_year else read_stage_period
        lead = pattern(LEAD).match(text, at)
        at = lead.end() if lead else at
        return read_as_range(read, text, context, at) or read(text, context, at)

    def _read(self, item: StageText, ordinal: int) -> PlanStage:
        found = find_stage_date(item, self._context(item.head.text[:120]), self._period)
        self.guessed += found.guessed
        name = name_of(found.head, found.phrase) or f"第{written(ordinal)}阶段"
        self.doubts += [(ordinal, why) for why in other_stages(item)]
        return self._stage(ordinal, name, found, item.steps, item.head)

    def _stage(
        self,
        ordinal: int,
        name: str,
        said: StageDate,
        steps: list[str],
        source: Passage,
    ) -> PlanStage:
        said, why = what_is_left(said, self.front)
        period, phrase = said.period, said.phrase
        start, end = (period.start, period.end) if period else (None, None)
        if start and end and end < start:
            self.doubts.append((ordinal, "结束日期早于开始日期"))
        if period and period.fuzzy:
            self.doubts.append((ordinal, period.fuzzy))
        if period is None:
            self.doubts.append((ordinal, NO_DATE))
        self.doubts += [(ordinal, each) for each in (*why, *unsure_stage(said, self.front))]
        if self.issued and (why_old := long_before(said, self.issued)):
            self.doubts.append((ordinal, why_old))
        self.front = Front(start or self.front.start, end or self.front.end)
        begun = start or (end and end - HALF_A_YEAR)
        self.before = start or max((d for d in (begun, self.before) if d), default=None)
        latest = end or start
        self.year = latest.year if latest else self.year
        self.says_a_year = self.says_a_year or latest is not None
        if latest and pattern(NEXT_YEAR).search(phrase or ""):
            self.counted_from = latest.year - 1
        self.ends[name.removesuffix("阶段")] = end
        self.ends[f"第{written(ordinal)}"] = end
        return PlanStage(
            ordinal=ordinal,
            name=name,
            start=start,
            end=end,
            open_ended=bool(period and period.open_ended),
            raw=phrase,
            steps=[step for step in steps if not is_only_a_date(step, said)],
            source=source.source(),
        )


def name_of(head: str, phrase: str | None) -> str:
    """Return the words of a heading without its number and date: 第一阶段：动员部署 -> 动员部署."""
    name = pattern(NUMBERED).sub("", head)
    name = pattern(r"（[^（）]*(?:\d+月|\d{4}年|时间|{角色}|天|[上下]半年)[^（）]*）?").sub(
        "", name
    )
    if phrase:
        front, _, behind = name.partition(phrase)
        ends = pattern(r"(?:阶段|期)$").search(front)  # 启动期　5月至6月　印制海报
        name = front if ends else name.replace(phrase, "")
    name = pattern(r"^(?:阶段|步骤)[{一}\d]{1,2}[：、.]").sub("", name)
    if told := pattern(r"^[为是]([^，。；：（）]{2,14}阶段)[，：]").match(name):
        name = told[1]  # 第一阶段为动员部署阶段，开展…
    name = pattern(r"^[为是]?[，：]?主要[是为](?={H}{2})").sub("", name)
    name = pattern(r"^[：，。、—.\-]+|[：，。；、—.\-（]+$").sub("", name)
    name = pattern(r"[。：]").split(name)[0]
    return name if len(name) <= 30 else pattern(r"[，；]").split(name)[0][:30]


def row_steps(text: str) -> list[str]:
    """Return the sentences of a row of a table of stages."""
    return [sentence for sentence in pattern(r"[。；]").split(text) if len(sentence) > 1]
