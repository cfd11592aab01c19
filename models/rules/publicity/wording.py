"""A text looked at before it is published: wordings, names of bodies, personal numbers, secrecy; a person decides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.rules.evidence.personal import mask_text, personal_numbers
from models.rules.evidence.secrecy import secret_mark
from models.rules.publicity.words import Remark, WordingKind

LONGEST_SENTENCE = 120  # letters of a sentence that are repeated around what was found
MOST = 500  # remarks of one text
_SENTENCE = re.compile("[^。！？；!?;]*[。！？；!?;]?")


@dataclass(frozen=True, slots=True)
class ListedWording:
    """A wording of the office's list; ``proposal`` is what to write instead, ``why`` whose rule it is."""

    kind: WordingKind
    text: str
    proposal: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class WordingLists:
    """What a text is looked at by: the office's list, bodies that are gone, short names of bodies.

    ``gone`` gives the body that stands for each name that is no body's any more (empty where nobody
    does), ``short`` the full name of each other name; ``full`` are the names of all bodies there are.
    """

    wordings: Sequence[ListedWording] = ()
    gone: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    full: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TextRemark:
    """What a person should look at: where (a line from 1, 0 for the whole), what, and what is proposed.

    ``found`` and ``sentence`` have personal numbers masked.
    """

    remark: Remark
    line: int
    found: str
    proposal: str
    sentence: str = ""


def remarks_on(name: str, text: str, lists: WordingLists) -> list[TextRemark]:
    """Return what of ``text`` a person should look at, in the order of its lines; at most 500.

    A text marked as a secret is looked at no further: it must not go on the net at all. ``name`` is the
    file's, empty for text that was pasted. The same text and lists give the same.
    """
    if mark := secret_mark(name, text):
        said = "涉密文件不得上网：不要发布，不要再经网络传送，按保密规定处置并报告"
        return [TextRemark(Remark.SECRET, 0, mark, said)]
    found = [one for n, line in enumerate(text.splitlines(), 1) for one in _in_line(n, line, lists)]
    found += _short_names(text, lists)
    found.sort(key=lambda one: one.line)
    return [*_missing(text, lists), *found][:MOST]


def _in_line(number: int, line: str, lists: WordingLists) -> Iterator[TextRemark]:
    for start, sentence in _sentences(line):
        for remark, text, proposal in _listed(lists):
            if text in sentence and not _within_full(text, sentence, lists, remark):
                yield TextRemark(remark, number, text, proposal, _around(sentence, text))
        yield from _personal(number, start, sentence, line)


def _listed(lists: WordingLists) -> Iterator[tuple[Remark, str, str]]:
    for one in lists.wordings:
        if one.kind is not WordingKind.REQUIRED:
            remark = Remark(one.kind.value)
            said = f"改为“{one.proposal}”" if one.proposal else "删去或改写"
            yield remark, one.text, f"{said}（{one.why}）" if one.why else said
    for old, new in lists.gone.items():
        yield Remark.GONE_BODY, old, f"改为“{new}”" if new else "已撤并，请核对现在的机构"


def _within_full(text: str, sentence: str, lists: WordingLists, remark: Remark) -> bool:
    """Say whether a gone body's name stands only within the name of a body that there is."""
    if remark is not Remark.GONE_BODY:
        return False
    for full in lists.full:
        if text in full and text != full:
            sentence = sentence.replace(full, "")
    return text not in sentence


def _personal(number: int, start: int, sentence: str, line: str) -> Iterator[TextRemark]:
    """Yield the personal numbers of the line that begin in this sentence."""
    if len(line) < 11:
        return
    for one in personal_numbers(line):
        if start <= one.start < start + len(sentence):
            said = "删去，或遮成这样再发布"
            shown = _cut(mask_text(sentence))
            yield TextRemark(Remark.PERSONAL, number, one.masked, said, shown)


def _short_names(text: str, lists: WordingLists) -> Iterator[TextRemark]:
    """Yield each body that is called by a short name and nowhere by its full one; once each."""
    lines = text.splitlines()
    for short, full in lists.short.items():
        if full in text or short not in text.replace(full, ""):
            continue
        number, line = next((n, one) for n, one in enumerate(lines, 1) if short in one)
        sentence = next(said for _, said in _sentences(line) if short in said)
        said = f"第一次出现写规范名称“{full}”"
        yield TextRemark(Remark.SHORT_NAME, number, short, said, _around(sentence, short))


def _missing(text: str, lists: WordingLists) -> Iterator[TextRemark]:
    for one in lists.wordings:
        if one.kind is WordingKind.REQUIRED and one.text not in text:
            said = one.proposal or "补上这一表述"
            yield TextRemark(
                Remark.REQUIRED, 0, one.text, f"{said}（{one.why}）" if one.why else said
            )


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    for one in _SENTENCE.finditer(line):
        if one[0].strip():
            yield one.start(), one[0]


def _around(sentence: str, found: str) -> str:
    """Return the sentence, or so much of a long one around what was found; personal numbers masked."""
    masked = mask_text(sentence)
    at = max(0, masked.find(found) - LONGEST_SENTENCE // 2)
    return _cut(masked[at:] if len(masked) > LONGEST_SENTENCE else masked)


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST_SENTENCE else f"{text[:LONGEST_SENTENCE]}……"
