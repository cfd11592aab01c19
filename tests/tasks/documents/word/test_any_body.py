"""Whatever a Word file is made of, in whatever order: every letter is read, or named once."""

import random
from collections import Counter
from itertools import count

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.word.package import parsed
from tasks.documents.word.pages import package_page
from tests.support.word_packages import (
    SPACES,
    box,
    cell,
    control,
    field,
    old_box,
    para,
    row,
    run,
    table,
)

GONE = '<w:del w:id="1" w:author="x"/>'
MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODES = ["TOC", "PAGE", "eq \\o\\ac(○,3)", "IF"]
ASKS = "<w:showingPlcHdr/>"


class Body:
    """A body made at random, in which no letter stands twice."""

    def __init__(self, seed: int, merged: bool) -> None:
        self.chance, self.merged = random.Random(seed), merged
        self._codes = count(0x4E00)
        self.letters: list[str] = []

    def text(self) -> str:
        letters = [chr(next(self._codes)) for _ in range(self.chance.randint(1, 3))]
        self.letters += letters
        return "".join(letters)

    def bit(self, depth: int) -> str:
        choices = [
            lambda: run(self.text()),
            lambda: run(self.text()),
            lambda: run(self.text(), "<w:vanish/>"),
            lambda: f"<w:del>{run(self.text())}</w:del>".replace("w:t", "w:delText"),
            lambda: f"<w:moveFrom>{run(self.text())}</w:moveFrom>",
            lambda: f"<w:ins>{self.bits(depth)}</w:ins>",
            lambda: control(self.bits(depth), self.chance.choice(["", ASKS])),
            lambda: field(self.chance.choice(CODES), self.bits(depth)),
            lambda: MARK.format(self.chance.choice(["begin", "separate", "end"])),
            lambda: f"<w:r><w:instrText>{self.chance.choice(CODES)}</w:instrText></w:r>",
            lambda: f"<w:r><w:ruby><w:rt>{run(self.text())}</w:rt></w:ruby></w:r>",
            lambda: self.chance.choice(["<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"]),
            lambda: self.chance.choice([box, old_box])(self.blocks(depth - 1)),
        ]
        return self.chance.choice(choices)()

    def bits(self, depth: int) -> str:
        return "".join(
            self.bit(depth - 1) for _ in range(self.chance.randint(0, 3) if depth > 0 else 0)
        )

    def paragraph(self, depth: int) -> str:
        mark = self.chance.choice(["", "", "", GONE, "<w:vanish/>"])
        return para(self.bits(depth), said=f"<w:rPr>{mark}</w:rPr>" if mark else "")

    def cell(self, depth: int) -> str:
        said = [
            "",
            '<w:gridSpan w:val="2"/>',
            "<w:vMerge/>",
            '<w:vMerge w:val="restart"/>',
            "<w:hMerge/>",
        ]
        gone = "<w:cellDel/>" if self.chance.random() < 0.1 else ""
        return cell(
            self.blocks(depth), said=(self.chance.choice(said) if self.merged else "") + gone
        )

    def table(self, depth: int) -> str:
        said = [
            "",
            "",
            "",
            GONE,
            "<w:hidden/>",
            '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>',
        ]
        rows = []
        for _ in range(self.chance.randint(1, 3)):
            cells = [self.cell(depth) for _ in range(self.chance.randint(0, 3))]
            rows.append(row(*cells, said=self.chance.choice(said)))
        return table(*rows)

    def blocks(self, depth: int) -> str:
        if depth <= 0:
            return para(run(self.text()))
        kinds = [self.paragraph, self.paragraph, self.table]
        said = [
            "",
            "",
            ASKS,
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        ]
        made = []
        for _ in range(self.chance.randint(1, 4)):
            block = self.chance.choice(kinds)(depth - 1)
            made.append(
                block if self.chance.random() < 0.8 else control(block, self.chance.choice(said))
            )
        return "".join(made)


class Alone:
    """A package of nothing but a body."""

    main = "document.xml"

    def __init__(self, body: str) -> None:
        self._root = parsed(f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode())

    def root(self, name: str):
        return self._root if name == self.main else None

    def related(self, kind: str, name: str = "") -> list[str]:
        return []


@pytest.mark.parametrize("merged", [False, True], ids=["plain", "merged cells"])
@pytest.mark.parametrize("seed", range(0, 300, 20))
def test_no_letter_is_lost_and_none_read_twice(seed, merged):
    for each in range(seed, seed + 20):
        made = Body(each, merged)
        body = made.blocks(5)

        rows, left = package_page(Alone(body))

        read = Counter("".join("".join(cells) or text for text, cells, _ in rows))
        assert not [words for why, words, *_ in left if why == MISSING], each
        unread = [letter for letter in made.letters if not read[letter]]
        named = sum(letters for _, _, letters, _ in left)
        assert named == len(unread), each
        assert merged or all(read[letter] <= 1 for letter in made.letters), each
