"""A system written as text into nodes: levels by the kinds of numbers in the order in which they come."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.indicators.building import ASIDE
from models.indicators.columns import EVIDENCE, LEVELS, METHOD, NOTE, OTHER, RULE, Heads
from models.indicators.nodes import Forest, SystemNode, SystemPiece
from models.indicators.numbers import NumberedText, count_of, numbered
from models.indicators.points import gives_or_takes, points_within
from models.indicators.words import SystemWords
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

PAGE = r"[—\-–·\s]{1,4}\d{1,4}[—\-–·\s]{1,4}|第\d{1,4}页(?:[，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}"
ALONE = r"\d{1,3}[.、]?"
LABELLED = r"(?:^|(?<=[。；）】\s]))[【（]?([\u4e00-\u9fff（）/、]{2,14}?)[】]?[：]"
LISTS = {RULE, EVIDENCE, METHOD, NOTE}  # fields that may hold numbered lists
OUTER = {
    "part",
    "subpart",
    "chapter",
    "article",
}  # kinds of numbers that no list within a field has
LOOKED_AHEAD = 30  # lines
LOST_TABLE = (
    "这里像一张表的表头，下面的各栏没有读成表格，可能混在一起；请用 Word 或 Excel 的原表再读"
)


@dataclass
class TextReader:
    """Reads lines of text, one after the other, into a forest."""

    heads: Heads
    words: SystemWords
    forest: Forest
    path: list[SystemNode] = field(default_factory=list)
    field_: str = ""  # of the last node, that a line without a number goes on with
    known: dict[str, int] = field(default_factory=dict)  # the last number of each kind of marker
    listed: dict[str, int] = field(default_factory=dict)  # …within the field
    aside: str = ""  # the kind of marker of a chapter that is no part of the system

    def read(self, lines: Sequence[Line]) -> None:
        """Read all lines; those before the first number are a preamble."""
        for at, line in enumerate(lines):
            text = line.text.strip()
            if not text:
                continue
            piece = SystemPiece(line.number, text)
            if pattern(PAGE).fullmatch(text) and not self._is_next(text):
                self.forest.mention(piece, "page")
                continue
            if self.heads.are_heads(text.split()):
                self.forest.doubt(piece, LOST_TABLE)
                continue
            found = self._bare(text, lines[at + 1 :]) or numbered(text)
            if found.printed and self._begins(found, lines[at + 1 : at + 1 + LOOKED_AHEAD]):
                self._open(found, piece)
            else:
                self._goes_on(piece)

    def _is_next(self, text: str) -> bool:
        return bool(pattern(ALONE).fullmatch(text)) and self._counts_on(
            NumberedText(text, "bare", "")
        )

    def _bare(self, text: str, below: Sequence[Line]) -> NumberedText | None:
        """Return a number alone on its line, as a lost table leaves it: its words are on the next."""
        if not pattern(ALONE).fullmatch(text):
            return None
        follows = next((line.text for line in below if line.text.strip()), "")
        if not pattern(r"[\u4e00-\u9fff]").search(follows):
            return None
        return NumberedText(text.rstrip(".、"), "bare", "")

    def _counts_on(self, found: NumberedText) -> bool:
        last = next((node for node in reversed(self.path) if node.kind == found.kind), None)
        before = count_of(last.number) if last else self.known.get(found.kind, 0)
        return found.value is not None and found.value == (before or 0) + 1

    def _begins(self, found: NumberedText, below: Sequence[Line]) -> bool:
        """Say whether a number begins an indicator, and is no part of a list within one."""
        if self.aside:
            outer = found.kind == self.aside
            if outer:
                self.aside = ""
            else:
                self.forest.passed.add((found.kind, found.value or 0))
            return outer
        kinds = [node.kind for node in self.path]
        listed = self.field_ in LISTS
        if found.kind in kinds:
            return not listed or not self._lists_on(found, below)
        if not self.path:
            return found.value == 1 or found.kind in OUTER
        if found.kind in OUTER:
            return True
        if listed or len(self.path) >= len(LEVELS):
            return False
        return found.kind in self.known or found.value == 1 or self._counts_on(found)

    def _lists_on(self, found: NumberedText, below: Sequence[Line]) -> bool:
        """Say whether a number within a list of a field goes on with it and begins no indicator.

        Where it may be either, points in brackets or labels below it are those of an indicator.
        """
        last = self.listed.get(found.kind, 0)
        goes_on = found.value == last + 1
        if found.kind in OUTER or not self._counts_on(found):
            return found.kind not in OUTER and (goes_on or not self._counts_on(found))
        if not goes_on or points_within(found.rest):
            return False
        if gives_or_takes(found.rest):
            return True
        for line in below:
            if numbered(line.text).kind == found.kind:
                break
            if any(
                self.heads.label(each[1]) != OTHER for each in pattern(LABELLED).finditer(line.text)
            ):
                return False
        return True

    def _open(self, found: NumberedText, piece: SystemPiece) -> None:
        kinds = [node.kind for node in self.path]
        depth = kinds.index(found.kind) if found.kind in kinds else len(self.path)
        del self.path[depth:]
        self.field_ = ""
        self.listed = {}
        if not depth and found.rest in self.words.of("非指标章"):
            self.aside = found.kind
            self.forest.passed.add((found.kind, found.value or 0))
            self.forest.mention(piece, "chapter")
            return
        node = SystemNode(depth + 1, found.printed, found.kind, piece.line)
        (self.path[-1].children if self.path else self.forest.tops).append(node)
        self.path.append(node)
        self.known[found.kind] = found.value or 0
        self._take(node, SystemPiece(piece.line, found.rest or ""), "text")

    def _goes_on(self, piece: SystemPiece) -> None:
        if not self.path or self.aside:
            self.forest.mention(piece, "chapter" if self.aside else "preamble")
            return
        text = squeeze(piece.text)
        if (within := numbered(text)).value:
            self.listed[within.kind] = within.value
        notes = self.words.either("附注行")
        if pattern(rf"(?:{notes})\d{{0,2}}[：]").match(text) and not self.field_:
            self.forest.mention(piece, "note")
            return
        node = self.path[-1]
        what = self.field_ or ("body" if node.pieces("text") else "text")
        if what == "body" and gives_or_takes(text):
            what = RULE
        self._take(node, piece, what)

    def _take(self, node: SystemNode, piece: SystemPiece, what: str) -> None:
        """Put a line into a field; behind each label in it another field begins."""
        text, start = piece.text, 0
        cuts: list[tuple[int, int, str]] = []
        for found in pattern(LABELLED).finditer(text):
            meaning = self.heads.label(found[1])
            if meaning != OTHER:
                cuts.append((found.start(), found.end(), meaning))
        if not cuts:
            if text or what == "text":
                node.add(what, piece)
            return
        if head := text[: cuts[0][0]].strip(" （(【"):
            node.add(what, SystemPiece(piece.line, head))
        ends = [cut[0] for cut in cuts[1:]] + [len(text)]
        for (start, behind, meaning), end in zip(cuts, ends, strict=True):
            value = text[behind:end].strip().rstrip("；;")
            opened = text[start:behind].startswith(("（", "("))
            if opened or value.count("（") < value.count("）"):
                value = value.removesuffix("。").rstrip("）)")
            said = text[start:end] if meaning in ASIDE else value
            node.add(meaning, SystemPiece(piece.line, said))
            self.field_, self.listed = meaning, {}
