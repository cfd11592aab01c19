"""A document that only says what changes (补充通知): told apart from a plan, and put into the plan it is of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.changes.amending import Amendment
from models.plan.changes.amending_words import VERB, is_supplement_titled
from models.plan.reading.masking import masked
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.content import without_noise
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import join_lines
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan
from models.plan.vocabulary import in_force

LONGEST_HEADING = 30  # characters
FEW = 0.5  # of the tasks of the plan: with more a document is a plan of its own


@dataclass(frozen=True, slots=True)
class Supplement:
    """A plan with a supplement in it: how many sentences were placed, and those that were not."""

    plan: Plan
    placed: int = 0
    unplaced: Sequence[str] = ()
    known: bool = False  # it was put into the plan before


def is_supplement(read: Plan, before: Plan | None = None) -> bool:
    """Say whether what was ``read`` only changes another plan: by its title, and by how little it says."""
    if not is_supplement_titled(read.title, read.notice_title or ""):
        return False
    tasks = len(before.tasks) if before else 0
    return not (len(read.tasks) > FEW * max(tasks, 4) or len(read.stages) > 2)


def supplemented(before: Plan, read: Plan, document: Document) -> Supplement:
    """Return ``before`` with what a supplement changes in it; whatever it does not mention stays.

    The same one again changes nothing: the plan's notes keep which were put into it.
    """
    note = "补充：" + "，".join(filter(None, (read.title, read.document_number)))
    if note in before.notes:
        return Supplement(before, known=True)
    plan = before.model_copy(deep=True)
    work = Amendment(plan, Grammar.of(in_force()), read.issued_on or before.issued_on)
    for sentence in sentences_of(document):
        work.take(*sentence)
    plan.notes = [*plan.notes, note]
    return Supplement(plan, work.placed, work.unplaced)


def sentences_of(document: Document) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of a document without names of persons, and whether each is a heading alone."""
    lines, _ = without_noise(document.lines)
    for passage in join_lines(masked(lines, Grammar.of(in_force()))):
        if pattern(r"《[^《》]{4,80}》").search(passage.text) and not pattern(VERB).search(
            passage.text
        ):
            continue
        if is_supplement_titled(passage.text) or pattern("如下[：。]?$").search(passage.text):
            continue
        alone = len(passage.text) <= LONGEST_HEADING and not pattern("[。；：]").search(
            passage.text
        )
        yield from ((one, alone) for one in split_sentences(passage.text) if one)


def split_sentences(text: str) -> list[str]:
    """Split a text at 。 and ； outside quotation marks."""
    found, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "“") - (char == "”")
        if char in "。；" and depth <= 0:
            found.append(text[start:at].strip())
            start, depth = at + 1, 0
    return [*found, text[start:].strip()]
