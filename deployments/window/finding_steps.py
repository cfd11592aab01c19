"""The steps of a finding: a unit mends, promises or declines its own, the office does everything else."""

from deployments.window.asking import (
    CHANGE,
    SURE,
    Asked,
    Go,
    NotYours,
    Page,
    Reply,
    Way,
    require_own,
)
from deployments.window.office.answers import fault_in_words
from deployments.window.office.fields import Fields
from deployments.window.paging import that_fit
from models.errors import NotFoundError, UnclearError
from models.findings.steps import LONGEST_SAID
from models.rules.bounds import shown
from models.rules.findings.words import FindingStep
from models.rules.window.sight import Right
from tasks.window.finding import FindingPage, finding_page
from tasks.window.finding_step import (
    StepForm,
    TypedStep,
    form_of_step,
    steps_of,
    take_finding_step,
)
from tasks.workbook.cells import as_names

PIECE = "piece-"  # before the code of a piece, in the name of its box


def step_form(asked: Asked) -> Page:
    """Show what a step asks; takes none."""
    finding, form = _form(asked)
    return _page(asked, finding, form)


def take_step_here(asked: Asked) -> Reply:
    """Take a step; one that ends something only from its last page. Said again it changes nothing."""
    finding, form = _form(asked)
    if asked.goes_back:
        return _page(asked, finding, form)
    typed = _typed(asked, form)
    if form.foretold and not asked.is_sure:
        carried = {name: text for name, text in asked.form.items() if name not in (SURE, CHANGE)}
        facts = {"finding": finding, "form": form, "typed": typed, "carried": carried}
        return Page("finding_last.html", facts)
    new = take_finding_step(asked.slug, finding.code, form.step, typed, asked.visitor, asked.moment)
    if new and asked.done.entries:
        return Go(f"/r/{asked.done.entries[0]}")
    return Go(f"/c/{asked.of.address}/f/{finding.code}?same=1")


def _form(asked: Asked) -> tuple[FindingPage, StepForm]:
    """Return the finding and the form of the step that the path names.

    Raises NotYours for a step that is not the visitor's, NotFoundError for none, UnclearError for one
    that does not follow where the finding stands by now.
    """
    finding = finding_page(asked.slug, asked.path["code"], asked.moment.today)
    require_own(asked, finding.row.unit_id)
    word = asked.path["step"]
    step = FindingStep(word) if word in list(FindingStep) else None
    if step is None:
        raise NotFoundError(f"没有“{shown(word)}”这一步")
    known = dict(steps_of(finding, asked.visitor))
    if step not in known:
        if step in finding.steps:
            raise NotYours("这一步由创建办登记")
        raise UnclearError(
            f"{finding.code} 现在是“{finding.row.standing}”，不能登记“{step.chinese}”"
        )
    return finding, form_of_step(asked.slug, finding, step, asked.visitor)


def _page(asked: Asked, finding: FindingPage, form: StepForm) -> Page:
    typed = asked.typed or asked.form
    facts = {
        "finding": finding,
        "form": form,
        "units": that_fit(form.units),
        "typed": {name: typed.get(name, "") for name in ("note", "day", "unit", "pieces", "by")},
        "ticked": {name.removeprefix(PIECE) for name in typed if name.startswith(PIECE)},
        "fault": fault_in_words(asked),
    }
    return Page("finding_step.html", facts)


def _typed(asked: Asked, form: StepForm) -> TypedStep:
    fields = Fields(asked.form)
    note = (
        fields.passage("note", form.note, LONGEST_SAID)
        if form.must_note
        else fields.note("note", "说明")
    )
    day = fields.day("day", form.day, needed=form.must_day) if form.day else None
    unit = fields.name("unit", "交给哪个单位") if form.step is FindingStep.ASSIGN else ""
    by = fields.name("by", "职务", needed=False) if form.signs else ""
    written = fields.name("pieces", "材料编号", needed=False) if form.names_pieces else ""
    fields.require()
    ticked = [name.removeprefix(PIECE) for name in asked.form if name.startswith(PIECE)]
    pieces = [*ticked, *as_names(written)] if form.names_pieces else []
    return TypedStep(note, day, unit, pieces, by)


WAYS = (
    Way("GET", "/c/{slug}/f/{code}/{step}", step_form, Right.ACT),
    Way("POST", "/c/{slug}/f/{code}/{step}", take_step_here, Right.ACT, again=step_form),
)
