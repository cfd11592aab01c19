"""From a document to a plan: the one place that knows the order of the steps."""

from collections.abc import Sequence
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
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.persons.people import forget
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.roles.units import find_aliases
from models.plan.reading.stages.plan_stages import read_stages
from models.plan.reading.stages.stages import StageReader
from models.plan.reading.tables.heads import Table, are_heads
from models.plan.reading.tables.tables import find_tables
from models.plan.reading.tables.text_tables import rows_of_text
from models.plan.reading.tables.time_columns import with_times_in_one
from models.plan.reading.targets.scanning import Scanner
from models.plan.reading.text.cell_lines import unfolded
from models.plan.reading.text.choice import Near
from models.plan.reading.text.content import without_noise
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import Passage, join_lines
from models.plan.reading.warm_up import SAMPLE
from models.plan.reading.whole.chapters import Role, chapters_of, first_line, plan_outline
from models.plan.reading.whole.frame import read_frame, read_indicator_counts
from models.plan.reading.whole.head import Head, read_head
from models.plan.reading.whole.kind import kind_of
from models.plan.reading.whole.parts import is_truncated, slogans_in, split_parts
from models.plan.reading.work.assigned import items_that_say_who
from models.plan.reading.work.lead_reach import settle_leads
from models.plan.reading.work.lists import work_items
from models.plan.reading.work.tasks import read_tasks
from models.plan.schema import Plan, PlanStage, PlanTask
from models.plan.vocabulary import Vocabulary, in_force, reading_with

Chapters = Sequence[tuple[Node, Role]]


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
    document: Document
    words: Vocabulary
    doubts: list[Doubt] = field(default_factory=list)
    owners: Owners = field(default_factory=Owners)

    def read(self) -> Reading:
        self.grammar = Grammar.of(self.words)
        self.scanner = Scanner(self.words)
        is_head = partial(are_heads, grammar=self.grammar)
        self.document = replace(self.document, lines=tuple(unfolded(self.document.lines, is_head)))
        # Masked last: 某某 副县长 on several lines is a list, and no running head.
        content, dropped = without_noise(self.document.lines)
        rows = with_times_in_one(rows_of_text(content), self.grammar, self.doubts)
        lines = masked(rows, self.grammar)
        near: list[Near] = []
        self.passages = passages = join_lines(lines, near)
        parts, attachments = split_parts(passages)
        root = plan_outline(parts, near)
        head = read_head(self.document.lines, first_line(root, passages))
        text = "".join(passage.text for passage in passages)
        headings = [heading_of(node) for node in root.children]
        assigned = items_that_say_who(root, self.grammar)
        judged = kind_of(head.title, head.notice_title or "", text, headings, assigned)
        plan = read_frame(head, self.document.source, text, judged.kind)
        plan.is_plan = plan.kind.is_plan
        plan.not_read = masked_pieces([*self.document.not_read, *dropped], self.grammar)
        self.doubts += unread_doubts(plan.not_read) + scan_doubts(passages, self.document.lines)
        if not plan.is_plan:
            nowhere = [Ground(passage, Place.NO_PLAN) for passage in passages]
            marked = Marked.of(nowhere, self.grammar)
            return Reading(plan, self.doubts, marked, settle(marked, plan), judged.said)
        plan.attachments = attachments
        plan.slogans = slogans_in(parts, plan.issuer or "")
        plan.slogans_count = len(plan.slogans)
        plan.truncated = is_truncated(passages, parts)
        chapters = list(chapters_of(root))
        strays: list[Passage] = []
        tables = find_tables([p for part in parts for p in part.passages], self.grammar, strays)
        plan.stages = self._stages(chapters, tables, head, plan.year_context)
        plan.tasks = self._tasks(chapters, tables, head, plan)
        self.scanner.add_rest(chapters)
        self.scanner.add_tables(tables)
        self.scanner.add_strays(strays)
        plan.other_targets, plan.recurring = self.scanner.targets_and_duties()
        read = read_groups(lines, self.words)
        plan.groups = read.groups
        self.doubts += read.doubts
        plan.unit_aliases = find_aliases(bodies_named(plan), self.words)
        forget(plan, read.people)
        plan.indicator_counts = read_indicator_counts(text)
        of_groups, searched = read.tables, self.scanner.searched()
        seen = LookedAt(plan, self.document, lines, passages, tables, strays, of_groups, searched)
        self.doubts += doubts_about(seen, self.grammar)
        self.doubts += chapter_doubts(chapters, self.owners, self.grammar)
        self.doubts += line_doubts(near, chapters)
        every = [*passages, *heads_of(plan.not_read)]
        found = grounds(every, parts, chapters, self.owners, self.grammar)
        marked = Marked.of(found, self.grammar)
        settled = settle(marked, plan)
        self.doubts = told_once(self.doubts, open_doubts(settled, plan))
        return Reading(plan, self.doubts, marked, settled)

    def _stages(
        self, chapters: Chapters, tables: Sequence[Table], head: Head, year: int | None
    ) -> list[PlanStage]:
        counted = year_to_count_from(head.title, head.issued_on, year)
        read = read_stages(chapters, tables, StageReader(head.issued_on, counted, self.words))
        for at, each in enumerate(read.stages):
            self.scanner.add(each.texts, f"stage {each.stage.ordinal}")
            self.owners.add(self.owners.stages, each.places, at)
        self.scanner.add(read.between, read.heading)
        self.doubts += read.doubts
        return [each.stage for each in read.stages]

    def _tasks(
        self, chapters: Chapters, tables: Sequence[Table], head: Head, plan: Plan
    ) -> list[PlanTask]:
        items = work_items(chapters, tables, self.grammar, staged=bool(plan.stages))
        self.doubts += settle_leads(items, self.passages, self.grammar)
        year = year_to_count_from(head.title, head.issued_on, plan.year_context)
        context = Context(head.issued_on, year, running=days_of(plan.stages))
        tasks = list(read_tasks(items, context, plan.stages))
        for at, read in enumerate(tasks):
            self.scanner.add_task(read.task, read.item.texts, read.when)
            self.owners.add(self.owners.tasks, read.item.places, at)
            self.doubts += read.doubts
        return [read.task for read in tasks]


compile_plan(Document.from_text(SAMPLE))  # compiles the patterns, as module-level ones would be
