"""From a document to a plan: the one place that knows the order of the steps."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from models.plan.doubt import Doubt
from models.plan.reading.accounting.account import Marked, Settled, settle
from models.plan.reading.accounting.ground import Ground, Owners, Place, grounds, heads_of
from models.plan.reading.accounting.open_marks import open_doubts
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.years import days_of, year_to_count_from
from models.plan.reading.doubts.choices import chapter_doubts, line_doubts
from models.plan.reading.doubts.doubts import bodies_named, told_once
from models.plan.reading.doubts.scans import scan_doubts
from models.plan.reading.doubts.unread import unread_doubts
from models.plan.reading.groups.groups import read_groups
from models.plan.reading.looking_over import LookedAt, doubts_about
from models.plan.reading.masking import masked, masked_pieces
from models.plan.reading.outline.outline import heading_of
from models.plan.reading.persons.people import forget
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.roles.units import find_aliases
from models.plan.reading.stages.stages import StageReader, read_stages
from models.plan.reading.tables.heads import are_heads
from models.plan.reading.tables.tables import find_tables
from models.plan.reading.tables.text_tables import rows_of_text
from models.plan.reading.tables.time_columns import with_times_in_one
from models.plan.reading.targets.scanning import Scanner
from models.plan.reading.text.cell_lines import unfolded
from models.plan.reading.text.choice import Near
from models.plan.reading.text.content import without_noise
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import Passage, paragraphs, passages_of
from models.plan.reading.warm_up import SAMPLE
from models.plan.reading.whole.chapters import chapters_of, first_line, plan_outline
from models.plan.reading.whole.head import read_frame, read_head, read_indicator_counts
from models.plan.reading.whole.kind import kind_of
from models.plan.reading.whole.parts import is_truncated, slogans_in, split_parts
from models.plan.reading.work.lead_reach import settle_leads
from models.plan.reading.work.levels import items_that_say_who
from models.plan.reading.work.lists import work_items
from models.plan.reading.work.tasks import read_tasks
from models.plan.schema import Plan, PlanStage, PlanTask
from models.plan.vocabulary import Vocabulary, in_force, reading_with


@dataclass(frozen=True)
class Reading:
    """A plan as read, with what a person should look at before it is confirmed."""

    plan: Plan
    doubts: list[Doubt]
    marked: Marked
    settled: list[Settled]  # what became of each mark
    kind_said: bool = True  # False: no word says what the document is


def compile_plan(document: Document, words: Vocabulary | None = None) -> Plan:
    """Return the plan that ``document`` holds; every text whatever gives one, news with is_plan False."""
    return read_plan(document, words).plan


def read_plan(document: Document, words: Vocabulary | None = None) -> Reading:
    """Return the plan and the doubts about it. Same document, same vocabulary: same reading."""
    with reading_with(words or in_force()):
        return _Compiler(document, in_force()).read()


@dataclass
class _Compiler:
    """One reading of a document: what its steps hand on to those behind them, and what they doubt."""

    document: Document
    words: Vocabulary
    doubts: list[Doubt] = field(default_factory=list)
    owners: Owners = field(default_factory=Owners)
    near: list[Near] = field(
        default_factory=list
    )  # lines of which it was a near thing what they are
    strays: list[Passage] = field(default_factory=list)  # rows that stand under no head

    def read(self) -> Reading:
        """Read the text, then what it is; of a plan its work and its bodies; then account for all of it."""
        self.grammar, self.scanner = Grammar.of(self.words), Scanner(self.words)
        self._read_passages()
        kind_said = self._read_frame()
        plan = self.plan
        if not plan.is_plan:
            nowhere = [Ground(passage, Place.NO_PLAN) for passage in self.passages]
            marked = Marked.of(nowhere, self.grammar)
            return Reading(plan, self.doubts, marked, settle(marked, plan), kind_said)
        self._read_parts()
        self._read_work()
        self._look_over(self._read_groups())
        every = [*self.passages, *heads_of(plan.not_read)]
        found = grounds(every, self.parts, self.chapters, self.owners, self.grammar)
        marked = Marked.of(found, self.grammar)
        settled = settle(marked, plan)
        self.doubts = told_once(self.doubts, open_doubts(settled, plan))
        return Reading(plan, self.doubts, marked, settled)

    def _read_passages(self) -> None:
        is_head = partial(are_heads, grammar=self.grammar)
        self.document = replace(self.document, lines=tuple(unfolded(self.document.lines, is_head)))
        # Masked last: 某某 副县长 on several lines is a list, and no running head.
        content, self.dropped = without_noise(self.document.lines)
        rows = with_times_in_one(rows_of_text(content), self.grammar, self.doubts)
        self.lines = masked(rows, self.grammar)
        self.paragraphs = paragraphs(self.lines, self.near)
        self.passages = [each for lines in self.paragraphs for each in passages_of(lines)]
        self.text = "".join(passage.text for passage in self.passages)
        self.parts, self.attachments = split_parts(self.passages)

    def _read_frame(self) -> bool:
        """Begin the plan with its head and its kind; say whether a word of it says the kind."""
        root = plan_outline(self.parts, self.near)
        head = read_head(self.document.lines, first_line(root, self.passages))
        headings = [heading_of(node) for node in root.children]
        assigned = items_that_say_who(root, self.grammar)
        judged = kind_of(head.title, head.notice_title or "", self.text, headings, assigned)
        plan = read_frame(head, self.document.source, self.text, judged.kind)
        plan.is_plan = plan.kind.is_plan
        plan.not_read = masked_pieces([*self.document.not_read, *self.dropped], self.grammar)
        self.doubts += unread_doubts(plan.not_read)
        self.doubts += scan_doubts(self.passages, self.document.lines)
        self.plan, self.chapters = plan, list(chapters_of(root))
        self.front = root.passages
        self.year = year_to_count_from(head.title, head.issued_on, plan.year_context)
        return judged.said

    def _read_parts(self) -> None:
        plan = self.plan
        plan.attachments = self.attachments
        plan.slogans = slogans_in(self.parts, plan.issuer or "")
        plan.slogans_count = len(plan.slogans)
        plan.truncated = is_truncated(self.passages, self.parts)
        plan.indicator_counts = read_indicator_counts(self.text)
        within = [passage for part in self.parts for passage in part.passages]
        self.tables = find_tables(within, self.grammar, self.strays)

    def _read_work(self) -> None:
        """Read stages and tasks, then targets and duties: first in these, then in what is left."""
        self.plan.stages = list(self._stages())
        self.plan.tasks = list(self._tasks())
        self.scanner.add_rest(self.chapters)
        self.scanner.add_tables(self.tables)
        self.scanner.add_strays(self.strays)
        self.plan.other_targets, self.plan.recurring = self.scanner.targets_and_duties()

    def _stages(self) -> Iterator[PlanStage]:
        reader = StageReader(self.plan.issued_on, self.year, self.words)
        read = read_stages(self.chapters, self.tables, reader)
        for at, each in enumerate(read.stages):
            self.scanner.add(each.texts, f"stage {each.stage.ordinal}")
            self.owners.add(self.owners.stages, each.places, at)
            yield each.stage
        self.scanner.add(read.between, read.heading)
        self.doubts += read.doubts

    def _tasks(self) -> Iterator[PlanTask]:
        stages = self.plan.stages
        items = work_items(
            self.chapters, self.front, self.tables, self.grammar, staged=bool(stages)
        )
        self.doubts += settle_leads(items, self.passages, self.grammar)
        context = Context(self.plan.issued_on, self.year, running=days_of(stages))
        for at, read in enumerate(read_tasks(items, context, stages)):
            self.scanner.add_task(read.task, read.item.texts, read.when)
            self.owners.add(self.owners.tasks, read.item.places, at)
            self.doubts += read.doubts
            yield read.task

    def _read_groups(self) -> Collection[int]:
        """Read the groups and which bodies go by several names; return the tables whose rows are people."""
        read = read_groups(self.paragraphs, self.words)
        self.plan.groups = read.groups
        self.doubts += read.doubts
        self.plan.unit_aliases = find_aliases(bodies_named(self.plan), self.words)
        forget(self.plan, read.people)
        return read.tables

    def _look_over(self, of_groups: Collection[int]) -> None:
        """Add what is doubtful of the whole plan."""
        seen = LookedAt(
            self.plan,
            self.document,
            self.lines,
            self.passages,
            self.tables,
            self.strays,
            of_groups,
            self.scanner.searched(),
        )
        self.doubts += doubts_about(seen, self.grammar)
        self.doubts += chapter_doubts(self.chapters, self.owners, self.grammar)
        self.doubts += line_doubts(self.near, self.chapters)


compile_plan(Document.from_text(SAMPLE))  # compiles the patterns, as module-level ones would be
