"""A work item that a supplement adds: read as one of a plan is, by the reader itself."""

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan, PlanTask

_FRAME = "{title}\n一、重点任务\n（一）{text}\n"
LONGEST = 2_000


def read_new_task(text: str, plan: Plan) -> PlanTask | None:
    """Return the work item that ``text`` says, numbered behind those of ``plan``; None where it says none."""
    text = pattern(r"^(?:{章号}、|{括号}|\d{1,3}[.、])").sub("", text[:LONGEST]).strip("“”：。； ")
    document = Document.from_text(_FRAME.format(title="年度工作方案", text=text))
    tasks = compile_plan(document).tasks
    if len(tasks) != 1:
        return None
    last = max((one.ordinal for one in plan.tasks), default=0)
    return tasks[0].model_copy(
        update={"ordinal": last + 1, "number": "", "section": "", "source": None}
    )
