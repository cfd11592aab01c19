"""A system written as text into nodes: levels by the kinds of numbers in the order in which they come."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.indicators.building import ASIDE
from models.indicators.columns import EVIDENCE, LEVELS, METHOD, NOTE, RULE, Heads
from models.indicators.forest import BODY, Forest, piece
from models.indicators.points import gives_or_takes, points_within
from models.plan.reading.outline.labels import Cut, cut_at
from models.plan.reading.outline.markers import Marker, number_alone, numbered
from models.plan.reading.outline.outline import TEXT, Field, Node, nest
from models.plan.reading.roles.roles import OTHER
from models.plan.reading.text.document import Line
from models.plan.reading.text.noise import why_noise
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

LABELLED = r"(?:^|(?<=[。；）】\s]))[【（]?([\u4e00-\u9fff（）/、]{2,14}?)[】]?[：]"
LISTS = {RULE, EVIDENCE, METHOD, NOTE}  # fields that may hold numbered lists
# Kinds of numbers that no list within a field has.
OUTER = {"part", "subpart", "chapter", "article"}
LOOKED_AHEAD = 30  # lines
LOST_TABLE = (
    "这里像一张表的表头，下面的各栏没有读成表格，可能混在一起；请用 Word 或 Excel 的原表再读"
)


@dataclass
class TextReader:
    """Reads the lines of a text into a forest, by the outline that their numbers make."""

    heads: Heads
    forest: Forest
    known: dict[str, int] = field(default_factory=dict)  # the last number of each kind of marker
    listed: dict[str, int] = field(default_factory=dict)  # …within the field
    within: str = ""  # the field in which the last line that was looked at ends
    looked_at: int = 0

    def read(self, lines: Sequence[Line]) -> None:
        """Read all lines; those before the first number are a preamble."""
        said = [replace(line, text=line.text.strip()) for line in lines if line.text.strip()]
        kept = [line for line in said if not self._is_aside(line)]
        self.texts = [line.text for line in kept]
        self.by_number = {line.number: line for line in kept}
        self.numbers = [self._number(at) for at in range(len(kept))]
        pieces = [(piece(TEXT, line, text=squeeze(line.text)).passage, False) for line in kept]
        root = nest(pieces, [marker for marker, _ in self.numbers], self._begins)
        for passage in root.passages:
            self.forest.mention(self._printed(passage), "preamble")
        for top in root.children:
            if pattern("{非指标章}").fullmatch(top.text):
                self._pass(top)
            else:
                self.forest.root.add(top)
        for node in self.forest.nodes():
            self._read(node)

    def _is_aside(self, line: Line) -> bool:
        text = squeeze(line.text)
        if why_noise(text) == "" and not text.rstrip(".、").isdecimal():
            self.forest.mention(piece("page", line), "page")
        elif self.heads.are_heads(line.text.split()):
            self.forest.doubt(piece(TEXT, line), LOST_TABLE)
        else:
            return False
        return True

    def _number(self, at: int) -> tuple[Marker | None, str]:
        """Return the number of a line and the words behind it; one alone, of a lost table, has them on the next."""
        below = self.texts[at + 1] if at + 1 < len(self.texts) else ""
        digits = squeeze(self.texts[at]).rstrip(".、").isdecimal()
        if digits and (alone := number_alone(self.texts[at])) and pattern("{H}").search(below):
            return Marker(alone.kind, alone.number, alone.printed, len(self.texts[at])), ""
        return numbered(self.texts[at])

    def _begins(self, at: int, marker: Marker, above: Sequence[Node]) -> bool:
        """Say whether a number begins an indicator, and is no part of a list within one."""
        for text in self.texts[self.looked_at : at]:
            self._look_at(text)
        path, kinds = above[1:], [node.kind for node in above]
        listed = self.within in LISTS
        if marker.kind in kinds:
            begins = not listed or not self._lists_on(at, marker)
        elif marker.kind in OUTER or not path:
            begins = marker.kind in OUTER or marker.number == 1
        else:
            room = not listed and len(path) < len(LEVELS)
            begins = room and (marker.kind in self.known or marker.number == 1)
        self.looked_at = at
        if begins:
            self.known[marker.kind] = marker.number
            self.within, self.listed = "", {}
            self._look_at(self.numbers[at][1])
            self.looked_at = at + 1
        else:
            self.listed[marker.kind] = marker.number
        return begins

    def _look_at(self, text: str) -> None:
        for cut in self._labels(text):
            self.within, self.listed = cut[2], {}

    def _lists_on(self, at: int, marker: Marker) -> bool:
        """Say whether a number within a list of a field goes on with it and begins no indicator.

        Where it may be either, points in brackets or labels below it are those of an indicator.
        """
        if marker.kind in OUTER:
            return False
        if marker.number != self.known.get(marker.kind, 0) + 1:
            return True
        rest = self.numbers[at][1]
        if marker.number != self.listed.get(marker.kind, 0) + 1 or points_within(rest):
            return False
        if gives_or_takes(rest):
            return True
        for below in range(at + 1, min(at + 1 + LOOKED_AHEAD, len(self.texts))):
            other = self.numbers[below][0]
            if other and other.kind == marker.kind:
                break
            if self._labels(self.texts[below]):
                return False
        return True

    def _labels(self, text: str) -> list[Cut]:
        found = pattern(LABELLED).finditer(text)
        told = [(*each.span(), self.heads.label(each[1]), each[0]) for each in found]
        return [cut for cut in told if cut[2] != OTHER]

    def _printed(self, passage: Passage, what: str = BODY) -> Field:
        """Return the line of a passage as it is printed."""
        return piece(what, self.by_number[passage.place(0)[0] or 0])

    def _pass(self, top: Node) -> None:
        """Leave a chapter aside that is no part of the system."""
        for node in top.walk():
            self.forest.passed.add((node.kind, node.number))
            for passage in node.passages:
                self.forest.mention(self._printed(passage), "chapter")

    def _read(self, node: Node) -> None:
        """Put the lines of a node into its fields; one without a label goes on with the field before."""
        own, *others = node.passages
        within = self._take(node, Field(TEXT, own))
        for passage in others:
            said = self._printed(passage, within or BODY)
            text = squeeze(said.text)
            if not within and pattern("{附注行}{N}?[：]").match(text):
                self.forest.mention(said, "note")
                continue
            if not within and gives_or_takes(text):
                said = self._printed(passage, RULE)
            within = self._take(node, said) or within

    def _take(self, node: Node, said: Field) -> str:
        """Put words into a field; behind each label in them another field begins, and the last one is returned."""
        labels = self._labels(said.text)
        node.cells += [said] if not labels and (said.text or said.meaning == TEXT) else []
        for part in cut_at(labels, said) if labels else ():
            text = part.text.strip().rstrip("；;")
            text = part.label + text if part.meaning in ASIDE else text
            node.cells.append(replace(part, passage=replace(part.passage, text=text)))
        return labels[-1][2] if labels else ""
