"""Stages: the items of the chapter that lays the work out in time, with their dates."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.plan.left_out_years import read_stage_period
from models.plan.passages import Passage
from models.plan.patterns import COUNT, pattern
from models.plan.periods import Period, read_period
from models.plan.resolving import Context
from models.plan.schema import PlanStage
from models.plan.stage_kinds import stage_kind
from models.plan.stage_texts import StageText
from models.plan.vocabulary import Vocabulary

# Words printed in place of a date.
INSTEAD = r"(?:具体)?(?:时间|日期|安排)?.{0,6}(?:以.{1,12}通知为准|另行通知|待定|待通知|视情.{0,8}|根据.{1,16}(?:安排|要求|通知|部署|确定)|按.{1,16}(?:安排|要求|通知|部署|时间)(?:进行|执行|确定)?)|以.{2,14}为准|为期.{1,6}|\d{1,3}个?(?:天|日|月|周)|[一二三四五六七八九十两半]{1,3}个?(?:天|月|周)"


LABEL = r"(?:时间|时间安排|实施时间|工作时间|起止时间|时限|完成时限|完成时间|时间节点)[：]"


# A stage of which only the end is known began some time before: no year passed to one that begins then.
HALF_A_YEAR = timedelta(days=183)
NEXT_YEAR = r"次年|翌年|来年"
NUMBERED = rf"^第(?:[{COUNT}]{{1,3}}|\d{{1,2}})(?:个)?(?:阶段|步)(?:[：、，—.]{{0,2}}|(?=（))"


class StageReader:
    """Reads the stages of one chapter one after the other: a date leans on the dates before it."""

    def __init__(self, issued: date | None, year: int | None, words: Vocabulary) -> None:
        self.issued, self.year, self.words = issued, year, words
        self.says_a_year = False  # the chapter did, in its introduction or by an earlier stage
        self.before: date | None = None  # the start of the preceding stage
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
        bare = [stage for stage in stages if stage.name == f"第{_chinese(stage.ordinal)}阶段"]
        if self.guessed and bare and self.guessed + len(bare) == len(stages):
            for stage in stages:  # not all have such words: then none is named by them
                stage.name = f"第{_chinese(stage.ordinal)}阶段"
        for index, stage in enumerate(stages):
            stage.kind = stage_kind(stage.name, index, len(stages), self.words)
        return stages

    def read_row(self, ordinal: int, name: str, when: str, text: str, source: Passage) -> PlanStage:
        """Return the stage of one row of a table of stages."""
        period = self._period(when.strip("（）()"), self._context(when)) if when else None
        name = name_of(f"{name}", None) or f"第{_chinese(ordinal)}阶段"
        return self._stage(ordinal, name, period, when or None, _row_steps(text), source)

    def _context(self, text: str) -> Context:
        again = self.counted_from and pattern(NEXT_YEAR).search(text)
        year = self.counted_from if again else self.year
        return Context(self.issued, year, self.before, self.ends)

    def _period(self, text: str, context: Context, at: int = 0) -> Period | None:
        read = read_period if self.says_a_year else read_stage_period
        return read(text, context, at)

    def _read(self, item: StageText, ordinal: int) -> PlanStage:
        head, phrase, period = self._find_date(item)
        name = name_of(head, phrase)
        if not name:
            name = f"第{_chinese(ordinal)}阶段"
        return self._stage(ordinal, name, period, phrase, item.steps, item.head)

    def _stage(
        self,
        ordinal: int,
        name: str,
        period: Period | None,
        phrase: str | None,
        steps: list[str],
        source: Passage,
    ) -> PlanStage:
        start, end = (period.start, period.end) if period else (None, None)
        if start and end and end < start:
            self.doubts.append((ordinal, "结束日期早于开始日期"))
        if period and period.fuzzy:
            self.doubts.append((ordinal, period.fuzzy))
        if period is None:
            self.doubts.append((ordinal, "没有读到日期"))
        begun = start or (end and end - HALF_A_YEAR)
        self.before = start or max((d for d in (begun, self.before) if d), default=None)
        latest = end or start
        self.year = latest.year if latest else self.year
        self.says_a_year = self.says_a_year or latest is not None
        if latest and pattern(NEXT_YEAR).search(phrase or ""):
            self.counted_from = latest.year - 1
        self.ends[name.removesuffix("阶段")] = end
        self.ends[f"第{_chinese(ordinal)}"] = end
        return PlanStage(
            ordinal=ordinal,
            name=name,
            start=start,
            end=end,
            open_ended=bool(period and period.open_ended),
            raw=phrase,
            steps=steps,
            source=source.source(),
        )

    def _find_date(self, item: StageText) -> tuple[str, str | None, Period | None]:
        """Return the heading, the words of the date as printed, and the period they name."""
        text = item.head.text
        heading = pattern(
            r"^[^。：（）]*(?:（[^（）]*（[^（）]*）[^（）]*）|（[^（）]*）)?[^。：]*"
        ).match(text)
        head = heading[0] if heading else text
        context = self._context(text[:120])
        for found in pattern(r"[（【]((?:[^（）【】]|（[^（）]*）)*)[）】]").finditer(text[:120]):
            if found.start() > len(head) + 12:
                break
            inner = pattern(rf"^(?:{LABEL})").sub("", found[1])
            if period := self._period(inner, context):
                words = inner if len(inner) <= period.end_at + 6 else period.raw
                return _cut(text, found.span(), head), words, period
            if pattern(INSTEAD).search(inner):
                return _cut(text, found.span(), head), inner, None
        for passage in item.passages[:4]:
            label = (
                pattern(LABEL).search(head)
                if passage is item.head
                else pattern(LABEL).match(passage.text)
            )
            if label and (period := self._period(passage.text, context, label.end())):
                return pattern(rf"[，；]?{LABEL}.*$").sub("", head), period.raw, period
        return self._date_in_text(item, head, context)

    def _date_in_text(
        self, item: StageText, head: str, context: Context
    ) -> tuple[str, str | None, Period | None]:
        """Look for the date in the heading itself, behind its colon, and at the head of the text."""
        text = item.head.text
        for at in range(min(len(head), 30)):
            if _begins_date(text, at):
                period = self._period(text, context, at)
                dated = period and (period.start or period.end or period.lacking)
                if period and dated and len(period.raw) >= 2:
                    behind = _first_clause(text[period.end_at : len(head)])
                    name = text[:at] + ("" if text[:at].endswith("阶段") else behind)
                    if not pattern(r"[\u4e00-\u9fff]{2}").search(
                        pattern(r"[（）：，—、]").sub("", name)
                    ):
                        rest = pattern(r"^[：，、。—]*([^，。；：]{2,16})(?=[。；：]|$)").match(
                            text[period.end_at :]
                        )
                        name = rest[1] if rest else ""
                        self.guessed += bool(rest)
                    return name, period.raw, period
        if found := pattern(rf"^([^，：]{{2,20}})[，：](?={INSTEAD})").match(head):
            return found[1], head[found.end() :], None
        if found := pattern(rf"^((?:{INSTEAD})[，：])([^，：]{{2,20}})$").match(head):
            return found[2], found[1][:-1], None
        bodies = [text[len(head) :], *(p.text for p in item.passages[1:2] if not p.cells)]
        for body in bodies:
            body_at = pattern(r"^[：。，—]*(?:时间[：为]?)?").match(body)
            at = body_at.end() if body_at else 0
            period = self._period(body, context, at)
            if period and (period.start or period.end or period.lacking):
                return head, period.raw, period
            if pattern(rf"(?:{INSTEAD})[。，；]").match(body, at) and len(body) < 40:
                return head, pattern(r"[。；]").split(body[at:])[0], None
        return head, None, None


# What a date in a heading begins with; the second row only at its head or behind a mark.
DATE_BEGINS = r"\d{4}[年.\-/]|(?:\d{1,2}[—至到])?\d{1,2}月|第?[一二三四1-4]季度|[上下]半年|即日|自|从|[一二]〇|二零"
CLAUSE_BEGINS = r"(?:本)?(?:方案|通知|文件)?(?:正式)?(?:印发|下发|发布)|[^，。；：（）\d]{2,14}?(?:结束|完成|召开|批准|批复|下达)(?:之?后|之日起)|[一二三四五六七八九十]{1,3}月"


def _begins_date(text: str, at: int) -> bool:
    """Say whether the words of a date can begin at ``at``."""
    if pattern(DATE_BEGINS).match(text, at):
        return at == 0 or not text[at - 1].isdecimal()
    first = at == 0 or pattern(r"[，：—【]").match(text, at - 1) or text[:at].endswith("阶段")
    return bool(first and pattern(CLAUSE_BEGINS).match(text, at))


def _first_clause(text: str) -> str:
    """Return 动员部署阶段 of 为动员部署阶段，印发方案."""
    text = pattern(r"^[，：、]?(?:为|是)?").sub("", text)
    return pattern(r"[，；]").split(text)[0]


def _cut(text: str, span: tuple[int, int], head: str) -> str:
    """Return the heading without the bracket of its date; what follows a colon may be its name."""
    before, behind = text[: span[0]], text[span[1] : max(len(head), span[1])]
    bare = pattern(NUMBERED).sub("", before).strip("：:，—-、")
    if not bare and not pattern(r"[\u4e00-\u9fff]{2}").search(behind):
        rest = pattern(r"^[：，、—.]*([^，。；：]{2,20})").match(text[span[1] :])
        return rest[1] if rest else before
    kept = pattern(r"^(?:阶段|期)").match(behind)
    return before + (kept[0] if kept else "" if bare else behind)


def name_of(head: str, phrase: str | None) -> str:
    """Return the words of a heading without its number and date: 第一阶段：动员部署 -> 动员部署."""
    name = pattern(NUMBERED).sub("", head)
    name = pattern(r"（[^（）]*(?:\d+月|\d{4}年|时间|责任|牵头|天|[上下]半年)[^（）]*）?").sub(
        "", name
    )
    if phrase:
        name = name.replace(phrase, "")
    name = pattern(r"^(?:阶段|步骤)[一二三四五六七八九十\d]{1,2}[：、.]").sub("", name)
    name = pattern(r"^[：，。、—.\-]+|[：，。；、—.\-（]+$").sub("", name)
    name = pattern(r"[。：]").split(name)[0]
    return name if len(name) <= 30 else pattern(r"[，；]").split(name)[0][:30]


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number > 99:
        return str(number)
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def _row_steps(text: str) -> list[str]:
    return [sentence for sentence in pattern(r"[。；]").split(text) if len(sentence) > 1]
