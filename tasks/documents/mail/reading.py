"""Read a letter: the one plan among what is attached, told by its name; the letter's own words without one."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import EMBEDDED, Document
from models.plan.schema import NotRead
from models.rules.bounds import shown
from tasks.documents.apart import parse_apart
from tasks.documents.faults import DocumentError
from tasks.documents.letters import FIRST_WORDS, letters_of
from tasks.documents.scans.reading import Tell
from tasks.documents.text import read_text
from tasks.guarded.guard import GivenUp, Limits, worker

PARSER = "tasks.documents.mail.apart:letter_parts"
LIMITS = Limits(memory=1024 * 1024 * 1024, part=60, whole=120, wall=300)
MOST = 20  # attachments that are opened
LETTER, NOT_TAKEN = "邮件正文", "邮件里没有取出的部分"
TOGETHER = "请把要读的那份附件另存后再读"

ReadOne = Callable[[bytes, str], Document]


class _Attached(NamedTuple):
    name: str
    document: Document
    is_plan: bool


def read_letter(content: bytes, name: str, read_one: ReadOne, tell: Tell) -> Document:
    """Return the plan that is attached to a letter, with everything else of it named as not read.

    ``read_one`` reads an attachment by its bytes and name. Raises DocumentError, one line that names them,
    where several are plans, or none is and neither is the letter.
    """
    files, notes, words = _apart(content, name)
    attached, faults = [], []
    for each, held in files[:MOST]:
        try:
            document = read_one(held, each)
            attached.append(_Attached(each, document, compile_plan(document).is_plan))
        except DocumentError as fault:
            faults.append((each, str(fault)))
    faults += [(each, f"附件超过 {MOST} 个，没有打开") for each, _ in files[MOST:]]
    says_plan = words is not None and compile_plan(words).is_plan
    chosen = _chosen(attached, name, says_plan)
    if chosen is None and not says_plan and faults:
        words = None  # a few words to what is attached, which cannot be read
    if chosen is None and words is not None:
        letter, left = words, []
    elif chosen is not None:
        tell(f"“{name}”是电子邮件，读的是附件“{shown(chosen.name)}”")
        source = f"{name} 的附件 {chosen.name}"
        letter, left = replace(chosen.document, source=source), _named(LETTER, words)
    else:
        raise DocumentError(f"“{name}”是电子邮件，{_why_none(faults)}")
    others = [each.name for each in attached if each is not chosen] + [each for each, _ in faults]
    left += [NotRead(why=EMBEDDED, words=f"附件“{shown(each)}”", letters=0) for each in others]
    left += [NotRead(why=NOT_TAKEN, words=note[:200], letters=0) for note in notes]
    return replace(letter, not_read=(*letter.not_read, *left))


def _apart(content: bytes, name: str) -> tuple[list[tuple[str, bytes]], list[str], Document | None]:
    files, notes, pieces = [], [], []
    with worker(PARSER, LIMITS) as process:
        try:
            for kind, *said in process.parts(content):
                if kind == "file":
                    files.append((said[0], said[1]))
                elif kind == "note":
                    notes.append(said[0])
                elif kind == "words":
                    pieces.append(read_text(said[0].encode(), name))
                else:
                    pieces.append(parse_apart(said[0], "html", name))
        except GivenUp as reason:
            raise DocumentError(f"“{name}”{reason}") from None
    words = [each for each in pieces if any(line.text.strip() for line in each.lines)]
    return files, notes, words[0] if words else None


def _chosen(attached: list[_Attached], name: str, says_plan: bool) -> _Attached | None:
    """Return the attachment that is the plan; the only one that can be read, where it might be none."""
    plans = [each for each in attached if each.is_plan]
    if len({_plain(each.document) for each in plans}) > 1:
        named = "".join(f"“{shown(each.name)}”" for each in plans)
        raise DocumentError(
            f"“{name}”是电子邮件，附件里有 {len(plans)} 份方案：{named}；{TOGETHER}"
        )
    if plans:
        return plans[0]  # the same plan in several kinds of file
    return attached[0] if len(attached) == 1 and not says_plan else None


def _plain(document: Document) -> str:
    """Return the letters of a document's beginning, by which the same one in another kind of file is known."""
    return letters_of("".join(line.text for line in document.lines))[:60]


def _why_none(faults: list[tuple[str, str]]) -> str:
    if not faults:
        return f"里面没有能读的文字；{TOGETHER}"
    told = "；".join(fault for _, fault in faults[:3])
    return f"附件里没有能读的方案：{told}"


def _named(why: str, words: Document | None) -> list[NotRead]:
    if words is None:
        return []
    text = "".join(line.text for line in words.lines)
    return [
        NotRead(why=why, words=" ".join(text.split())[:FIRST_WORDS], letters=len(letters_of(text)))
    ]
