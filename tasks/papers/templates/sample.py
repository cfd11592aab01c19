"""A sample to start a template from: our layout, with every name there is and what it stands for now."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.papers.parts import unfinished_parts, unit_parts
from models.papers.quoting import report_facts
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.words import OFFICE
from models.units.unit import units_of
from notifications.paper_blocks import Block, Draft, Grid, Kind, Line
from tasks.papers.annual.sample import annual_as_it_stands
from tasks.papers.briefings.sample import draft_as_it_stands
from tasks.papers.drafts import report_draft
from tasks.papers.templates.fact_words import fact_word
from tasks.papers.templates.made_up import made_up_draft
from tasks.papers.templates.plain import Plain, plain_values
from tasks.papers.word.document import word_file
from tasks.papers.work_drafts import (
    DispatchHow,
    Heading,
    bulletin_draft,
    checklist_draft,
    dispatch_draft,
    problems_draft,
    rectification_draft,
)

ROWS = ("one", "two", "three", "four")  # what a row of a list is called, and of a list within it
OF_A_UNIT = (PaperKind.CHECKLIST, PaperKind.DISPATCH)
EXPLAINED = (
    "这是模板的样本。双花括号里的是名字，写文书时换成登记的内容；用不到的删去，字体、段落、页面按本单位的习惯改。",
    "逐项列出的写在一对循环标记之间，标记各占一段；要成表格的，把标记放在表格行里。改好后用 shifan papers template set 设为模板。",
)


def known_values(kind: PaperKind) -> Mapping[str, Plain]:
    """Return every name that a template of ``kind`` may use, with something made up; no list is empty."""
    return plain_values(made_up_draft(kind).values)


def values_for(
    session: Session, campaign: Campaign, kind: PaperKind, moment: Moment
) -> Mapping[str, Plain]:
    """Return what a template of ``kind`` may use, as it stands now; of a unit's paper for the first unit.

    Empty where the paper is a unit's and there is none.
    """
    if kind in OF_A_UNIT and not units_of(session, key_of(campaign)):
        return {}
    return plain_values(_draft(session, campaign, kind, moment).values)


def sample_template(kind: PaperKind, moment: Moment) -> bytes:
    """Return a Word file in our layout that uses every name of a kind, and says what each stands for."""
    draft = Draft(f"{kind.chinese}模板样本", list(_blocks(known_values(kind))))
    return word_file(draft, moment.now, OFFICE)


def _draft(session: Session, campaign: Campaign, kind: PaperKind, moment: Moment) -> Draft:
    head = Heading(campaign.title, campaign.issuer, moment.today)
    campaign_id = key_of(campaign)
    if kind in (PaperKind.RECTIFICATION, PaperKind.PROBLEMS, PaperKind.BULLETIN, PaperKind.REPORT):
        facts = report_facts(session, campaign, moment.today)
        late = unfinished_parts(session, campaign_id, moment.today)
        if kind is PaperKind.REPORT:
            return report_draft(facts, moment.today, "", None, {})
        if kind is PaperKind.PROBLEMS:
            return problems_draft(facts, head)
        if kind is PaperKind.RECTIFICATION:
            return rectification_draft(late, head)
        return bulletin_draft(facts, late, head)
    if kind is PaperKind.BRIEFING:
        return draft_as_it_stands(session, campaign, moment)
    if kind is PaperKind.ANNUAL:
        return annual_as_it_stands(session, campaign, moment)
    unit = next(iter(units_of(session, campaign_id)))
    parts = unit_parts(session, campaign_id, key_of(unit))
    if kind is PaperKind.CHECKLIST:
        return checklist_draft(unit.name, parts, head)
    return dispatch_draft(
        unit.name, parts, DispatchHow("督办〔2026〕1号", "蓝色", OFFICE, moment.today), head
    )


def _blocks(values: Mapping[str, Any]) -> Iterator[Block]:
    yield Line(Kind.TITLE, ("{{ title }}",))
    yield Line(Kind.BLANK)
    for words in EXPLAINED:
        yield Line(Kind.REMARK, (words,))
    rows = tuple(((fact_word(name),), (f"{{{{ {name} }}}}",)) for name in _single(values))
    yield Grid(("内容", "现在的值（写文书时换上）"), rows, (2, 5))
    yield from _loops(values, "", 0)
    yield Line(Kind.SIGNED_ON, ("{{ today }}",))


def _single(values: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the names of single values, those within others with dots."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _single(value, f"{before}{name}.")
        elif not isinstance(value, list | bool):
            yield f"{before}{name}"


def _loops(values: Mapping[str, Any], before: str, depth: int) -> Iterator[Block]:
    """Yield a loop over each list, with the names of a row; lists within it too."""
    for name, value in values.items():
        path = f"{before}{name}"
        if isinstance(value, dict):
            yield from _loops(value, f"{path}.", depth)
        elif isinstance(value, list) and value and depth < len(ROWS):
            row, known = ROWS[depth], _known(path)
            yield Line(Kind.BODY, (f"{fact_word(known)}：",))
            yield Line(Kind.BODY, (f"{{%p for {row} in {path} %}}",))
            if isinstance(value[0], dict):
                for own in _single(value[0]):
                    said = f"{fact_word(f'{known}.{own}')}：{{{{ {row}.{own} }}}}"
                    yield Line(Kind.BODY, (said,))
                yield from _loops(value[0], f"{row}.", depth + 1)
            elif isinstance(value[0], list):  # a sentence in pieces
                pieces = f"{{% for piece in {row} %}}{{{{ piece }}}}{{% endfor %}}"
                yield Line(Kind.BODY, (pieces,))
            else:
                yield Line(Kind.BODY, (f"{{{{ {row} }}}}",))
            yield Line(Kind.BODY, ("{%p endfor %}",))


def _known(path: str) -> str:
    """Return a list's name without the row it is looked for in: sections of one.sections."""
    first, _, rest = path.partition(".")
    return rest if first in ROWS else path
