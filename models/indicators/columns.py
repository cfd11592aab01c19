"""The columns of a table of indicators, and the labels within a text, by what their heads say."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.plan.reading.roles.roles import DEADLINE, LEAD, OTHER, POST, RESPONSIBLE, Grammar
from models.plan.reading.tables.heads import NUMBER, TARGET, without_brackets
from models.plan.reading.text.patterns import pattern, squeeze

# What a column or a label holds, besides what those of the plan's tables do.
SCORE, RULE, METHOD, EVIDENCE = "score", "rule", "method", "evidence"
NOTE, RESULT, CONTENT, DEMAND, OVERVIEW = "note", "result", "content", "demand", "overview"
LEVELS = ("level1", "level2", "level3")
# The lists of words of columns; the first of which a word is in a head decides.
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
TELLING = {*LEVELS, SCORE, RULE, METHOD, EVIDENCE}  # in no table of tasks
LABELS = {SCORE, RULE, METHOD, EVIDENCE, TARGET, NOTE, DEADLINE, POST}  # may stand before a colon
LONGEST_HEAD = 16  # characters
LONGEST_LABEL = 14


@dataclass(frozen=True)
class Heads:
    """Knows the heads of columns and the labels in front of a colon."""

    grammar: Grammar

    def meaning(self, head: str) -> str:
        """Return what a column holds, from its head; OTHER for what nobody knows."""
        said = without_brackets(head)
        if not said or len(said) > LONGEST_HEAD:
            return OTHER
        if pattern("{材料单位}").search(said):
            return RESPONSIBLE
        if pattern("{人员列}").search(said):
            return POST
        if pattern("{单位列}$").search(said) or said in self.grammar.words.roles:
            return LEAD if self.grammar.role(said) == LEAD else RESPONSIBLE
        told = (what for words, what in MEANINGS.items() if pattern(f"{{{words}}}").search(said))
        return next(told, OTHER)

    def are_heads(self, cells: Sequence[str]) -> bool:
        """Say whether ``cells`` head the columns of a table of indicators."""
        own = {squeeze(cell) for cell in cells if cell.strip()}
        if len(own) < 2 or any(len(without_brackets(cell)) > LONGEST_HEAD for cell in own):
            return False
        if any(cell[0].isdecimal() or pattern("[。；]").search(cell) for cell in own):
            return False
        meanings = [self.meaning(cell) for cell in own]
        known = sum(each != OTHER for each in meanings)
        return bool({*LEVELS, CONTENT} & {*meanings}) and known >= 2 and known * 3 >= len(own) * 2

    def are_telling(self, cells: Sequence[str]) -> bool:
        """Say whether heads are those of indicators and not of any tasks: levels, points, methods, evidence."""
        meanings = {self.meaning(squeeze(cell)) for cell in cells if cell.strip()}
        return bool(TELLING & meanings or pattern("{指标实词}").search("".join(cells)))

    def label(self, text: str) -> str:
        """Return what stands behind a label, from its words; OTHER where it is none."""
        said = squeeze(text).strip("【】[]（）()〔〕")
        if not 2 <= len(said) <= LONGEST_LABEL:
            return OTHER
        if pattern("{总述}").fullmatch(said):
            return OVERVIEW
        meaning = self.meaning(said)
        if meaning in {LEAD, RESPONSIBLE}:
            whole = self.grammar.label_of(f"{said}：") or pattern("{材料单位}").fullmatch(said)
            return meaning if whole else OTHER
        words = "|".join(f"{{{each}}}" for each in MEANINGS)
        known = pattern(rf"(?:{{标签前词}})?(?:{words})").fullmatch(said)
        return meaning if known and meaning in LABELS else OTHER
