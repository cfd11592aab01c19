"""The columns of a table of indicators, and the labels within a text, by what their heads say."""

from collections.abc import Sequence

from models.indicators.words import SystemWords
from models.plan.reading.roles.roles import DEADLINE, LEAD, OTHER, POST, RESPONSIBLE, Grammar
from models.plan.reading.tables.heads import NUMBER, TARGET, without_brackets
from models.plan.reading.text.patterns import pattern, squeeze

# What a column or a label holds, besides what those of the plan's tables do.
SCORE, RULE, METHOD, EVIDENCE = "score", "rule", "method", "evidence"
NOTE, RESULT, CONTENT, DEMAND, OVERVIEW = "note", "result", "content", "demand", "overview"
LEVELS = ("level1", "level2", "level3")
MEANINGS = {
    "得分列": RESULT,
    "评分列": RULE,
    "方法列": METHOD,
    "材料列": EVIDENCE,
    "分值列": SCORE,
    "时限列": DEADLINE,
    "目标列": TARGET,
    "备注列": NOTE,
    "编号列": NUMBER,
    "一级列": LEVELS[0],
    "二级列": LEVELS[1],
    "三级列": LEVELS[2],
    "内容列": CONTENT,
}
LONGEST_HEAD = 16  # characters
LONGEST_LABEL = 14


class Heads:
    """Knows the heads of columns and the labels in front of a colon."""

    def __init__(self, words: SystemWords, grammar: Grammar) -> None:
        self._words, self._grammar = words, grammar

    def meaning(self, head: str) -> str:
        """Return what a column holds, from its head; OTHER for what nobody knows."""
        said = without_brackets(head)
        if not said or len(said) > LONGEST_HEAD:
            return OTHER
        if any(word in said for word in self._words.of("材料单位")):
            return RESPONSIBLE
        if any(word in said for word in self._words.of("人员列")):
            return POST
        role = self._grammar.role(said)
        if (
            any(said.endswith(word) for word in self._words.of("单位列"))
            or said in self._grammar.words.roles
        ):
            return LEAD if role == LEAD else RESPONSIBLE
        for column, spelled in self._words.columns:
            if any(word in said for word in spelled):
                return MEANINGS.get(column, OTHER)
        return OTHER

    def are_heads(self, cells: Sequence[str]) -> bool:
        """Say whether ``cells`` head the columns of a table of indicators."""
        filled = [squeeze(cell) for cell in cells if cell.strip()]
        own = list(dict.fromkeys(filled))
        if len(own) < 2 or any(len(without_brackets(c)) > LONGEST_HEAD for c in own):
            return False
        if any(cell[0].isdecimal() or pattern("[。；]").search(cell) for cell in own):
            return False
        meanings = [self.meaning(cell) for cell in own]
        known = sum(each != OTHER for each in meanings)
        texts = {*LEVELS, CONTENT} & set(meanings)
        return bool(texts) and known >= 2 and known * 3 >= len(own) * 2

    def are_telling(self, cells: Sequence[str]) -> bool:
        """Say whether heads are those of indicators and not of any tasks: levels, points, methods, evidence."""
        meanings = {self.meaning(squeeze(cell)) for cell in cells if cell.strip()}
        said = "".join(cells)
        return bool({*LEVELS, SCORE, RULE, METHOD, EVIDENCE} & meanings) or any(
            word in said for word in self._words.of("指标实词")
        )

    def label(self, text: str) -> str:
        """Return what stands behind a label, from its words; OTHER where it is none."""
        said = squeeze(text).strip("【】[]（）()〔〕")
        if not 2 <= len(said) <= LONGEST_LABEL:
            return OTHER
        if said in self._words.of("总述"):
            return OVERVIEW
        meaning = self.meaning(said)
        if meaning in {LEAD, RESPONSIBLE}:
            whole = self._grammar.label_of(f"{said}：")
            return meaning if whole or said in self._words.of("材料单位") else OTHER
        before = self._words.either("标签前词")
        bare = pattern(rf"^{before}").sub("", said)
        if not any(word in (said, bare) for _, words in self._words.columns for word in words):
            return OTHER
        labels = {SCORE, RULE, METHOD, EVIDENCE, TARGET, NOTE, DEADLINE, POST}
        return meaning if meaning in labels else OTHER
