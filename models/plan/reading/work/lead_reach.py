"""Up to where a document's own rule of leads reaches: its row, its table, the lists behind it, all of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from models.plan.doubt import Doubt
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.own_roles import goes_on, lead_rule
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import are_heads
from models.plan.reading.tables.rows import sums_up
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.reading.work.items import WorkItem, without

LAST = 10**9  # behind every line
NEAR = 2  # paragraphs between a table and what is said in front of it: its title, its unit
MOST_NOTES = 9  # at the foot of a table
_OF_ALL = r"本方案|本文|全文|文中|通篇|各[个张]?表|各附件|所有(?:任务|表)"
_OF_LISTS = r"各项任务|以下各?|下列|所列|括号内"  # it speaks of the lists of others
_NOTE = "（?(?:备注|注|说明){N}?[：）]"


@dataclass(frozen=True, slots=True)
class Reach:
    """A rule of leads, and the first and last line of the lists that it speaks of."""

    rule: str
    first: int
    last: int


def lead_reaches(
    passages: Sequence[Passage], wanting: Collection[int], grammar: Grammar
) -> list[Reach]:
    """Return where each rule of leads holds, but those that a list says of itself alone.

    A rule in the head of a table, in a row of its own or beside a table holds in it; one in any other
    paragraph, or beside a table none of whose lists is ``wanting`` a lead, in the whole document.
    """
    found: list[Reach] = []
    tables: list[tuple[int, int]] | None = None
    for at, passage in enumerate(passages):
        rule = lead_rule(passage.text)
        if rule is None:
            continue
        tables = tables if tables is not None else _tables(passages, grammar)
        if not passage.cells and _is_of_its_own_list(passage, grammar):
            continue
        reach = _reach(passages, at, tables, grammar)
        if not passage.cells and not any(reach[0] <= line <= reach[1] for line in wanting):
            reach = (0, LAST)
        found.append(Reach(rule, *reach))
    return found


def rule_at(line: int, reaches: Iterable[Reach]) -> str | None:
    """Return the rule that holds for a list on ``line``: that of the narrowest reach."""
    here = [each for each in reaches if each.first <= line <= each.last]
    return min(here, key=lambda each: each.last - each.first).rule if here else None


def settle_leads(
    items: Sequence[WorkItem], passages: Sequence[Passage], grammar: Grammar
) -> list[Doubt]:
    """Single out the lead of each item by the rule that holds for its list; return what is doubtful of that."""
    wanting = {item.line for item in items if _wants(item)}
    reaches = lead_reaches(passages, wanting, grammar) if wanting else []
    going: str | None = None
    for item in items:
        going = item.roles.rule if item.roles.rule_goes_on else going
        item.roles.apply(item.roles.rule or going or rule_at(item.line, reaches))
    return _alone_doubts(items)


def _alone_doubts(items: Sequence[WorkItem]) -> list[Doubt]:
    """Return that one list says how its lead is found, and none of those behind it."""
    at = next((at for at, item in enumerate(items) if item.roles.rule), None)
    if at is None or items[at].roles.rule_goes_on:
        return []
    behind = items[at + 1 :]
    if any(item.roles.rule for item in behind) or not any(map(_wants, behind)):
        return []
    title = quoted(items[at].title[:20])
    why = f"只有{title}一项写着谁是牵头单位的规则，没有用到后面各项，后面没有牵头单位的请核对"
    return [Doubt("plan", 0, why, items[at].source.text[:200])]


def _wants(item: WorkItem) -> bool:
    return not item.roles.lead and len(item.roles.responsible) > 1


def _is_of_its_own_list(passage: Passage, grammar: Grammar) -> bool:
    if pattern(_OF_LISTS).search(passage.text):
        return False
    spans = find_annotations(passage.text, grammar)
    lists = [span for span in spans if read_annotation(passage.text[slice(*span)], grammar)]
    return bool(lists) and not lead_rule("".join(p.text for p in without(passage, lists)))


def _reach(
    passages: Sequence[Passage], at: int, tables: Sequence[tuple[int, int]], grammar: Grammar
) -> tuple[int, int]:
    passage = passages[at]
    here = _line(passage)
    if goes_on(passage.text):
        return here, LAST
    if pattern(_OF_ALL).search(passage.text):
        return 0, LAST
    if passage.cells:
        whole = len(set(passage.cells) - {""}) == 1 or sums_up(passage.cells)
        if not whole and not are_heads(passage.cells, grammar):
            return here, here
        spans = (span for span in tables if span[0] <= at <= span[1])
    else:
        spans = (span for span in tables if _stands_beside(passages, at, span))
    span = next(spans, None)
    return (_line(passages[span[0]]), _line(passages[span[1]])) if span else (0, LAST)


def _stands_beside(passages: Sequence[Passage], at: int, span: tuple[int, int]) -> bool:
    """Say whether a paragraph is a note at the foot of a table, or the last words in front of it."""
    first, last = span
    notes = [p.text for p in passages[last + 1 : at + 1]]
    if 0 < len(notes) <= MOST_NOTES and pattern(_NOTE).match(notes[0]):
        return all(pattern(f"{_NOTE}|{{项号}}").match(note) for note in notes)
    between = [p.text for p in passages[at + 1 : first]] if at < first <= at + 1 + NEAR else None
    if between is None:
        return at == last + 1
    return not any(len(t) > 40 or pattern(r"[。；]|^附件|^附[：表]").search(t) for t in between)


def _tables(passages: Sequence[Passage], grammar: Grammar) -> list[tuple[int, int]]:
    """Return the first and last place of each table, one that goes on with another page as one."""
    spans: list[tuple[int, int]] = []
    heads: tuple[str, ...] = ()
    for at, passage in enumerate(passages):
        if not passage.cells:
            continue
        own = _heads_below(passages, at, grammar)
        beside = bool(spans) and spans[-1][1] == at - 1
        if beside and passages[at - 1].table == passage.table:
            second = are_heads(passages[at - 1].cells, grammar)  # of two rows of heads
            begins = own == passage.cells and heads not in ((), own) and not second
        else:
            begins = not spans or bool(own and not (beside and own == heads))
        if begins:
            spans.append((at, at))
        spans[-1] = (spans[-1][0], at)
        heads = own if begins or own == passage.cells else heads
    return spans


def _heads_below(passages: Sequence[Passage], at: int, grammar: Grammar) -> tuple[str, ...]:
    """Return the heads of columns on the row ``at`` or, below a caption, on the two next ones."""
    rows = [p.cells for p in passages[at : at + 3] if p.cells and p.table == passages[at].table]
    return next((cells for cells in rows if are_heads(cells, grammar)), ())


def _line(passage: Passage) -> int:
    return passage.marks[0][1] if passage.marks else 0
