"""A field in its parts, cut before the labels within its text: 组长：甲；副组长：乙 are two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.plan.reading.outline.outline import TEXT, Field
from models.plan.reading.text.patterns import pattern

Cut = tuple[int, int, str, str]  # where a part and its text begin, its meaning, its label


def cut_at(cuts: Sequence[Cut], whole: Field) -> Iterator[Field]:
    """Yield what stands before the first of ``cuts``, which are in order, then the part behind each label.

    A bracket that opens before a label and closes behind it goes with the label.
    """
    text, passage = whole.text, whole.passage
    ends = [at for at, *_ in cuts] + [len(text)]
    if text[: ends[0]].strip() or not (whole.meaning == TEXT or cuts):
        yield replace(whole, passage=passage.cut(0, ends[0]))
    for (_, begin, meaning, label), end in zip(cuts, ends[1:], strict=True):
        part = passage.cut(begin, end)
        opened, closed = (sum(map(part.text.count, marks)) for marks in ("（(", "）)"))
        if opened < closed:  # of a bracket before the label
            part = replace(part, text=pattern(r"）(?=[。；]?\s*$)").sub("", part.text))
        if meaning != TEXT or part.text.strip():
            yield Field(meaning, part, label)
