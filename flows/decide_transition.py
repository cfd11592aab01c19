"""A leader's decision about a stage: ask in a form, check the code, ask again until it stands.

Started by the patrol for every open question, or by hand through 阶段推进.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal, get_args

from prefect import get_run_logger, runtime
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.states import Completed, State
from pydantic import Field, ValidationError, create_model

from flows.running import clock
from flows.running.forms import DayText, Number, Person, Reason, asking, day_in
from flows.running.run_inputs import client_of, forget_input
from flows.running.step import shown, step
from models.decisions.tries import HandedIn, Outcome
from models.errors import CampaignError
from models.rules.decisions.answers import ANSWERS_BY_WORD, Answer, Said
from tasks.decisions.answering import foresee_answer, take_answer
from tasks.decisions.questions import Question, read_question, title_of
from tasks.decisions.runs import forget_runs
from tasks.notices.delivery import deliver

WAIT = timedelta(days=90)  # a question is chased and expires long before; the patrol asks it again
CHOOSE: Literal["（请选择）"] = "（请选择）"
TRANSFER = Answer.TRANSFER.chinese


class DecisionForm(RunInput):
    """审批意见。

    No help lines under the fields: on a phone they would take the room of what is asked. The form asks for
    decision and code; a run that somebody set going by hand finds neither, and is asked again instead of
    dying. What the door adds (`client_of`) is no field, so no form shows it.
    """

    model_config = asking("decision", "code")

    decision: Literal["（请选择）", "批准", "退回", "延期", "强制推进"] = Field(
        default=CHOOSE, title="决定"
    )
    reason: Reason = Field(default="", title="理由")
    new_date: DayText = Field(default="", title="延期到（如 2025-09-15，只在延期时填）")
    code: Person = Field(default="", title="验证码（六位）")
    name: Person = Field(default="", title="姓名")


class OpeningForm(RunInput):
    """审批意见：阶段是否提前启动。"""

    model_config = asking("decision", "code")

    decision: Literal["（请选择）", "批准", "退回"] = Field(default=CHOOSE, title="决定")
    reason: Reason = Field(default="", title="理由")
    code: Person = Field(default="", title="验证码（六位）")
    name: Person = Field(default="", title="姓名")


Form = DecisionForm | OpeningForm


def _run_name() -> str:
    """Return what the list of runs shows; the number alone where the question is not there."""
    number = runtime.flow_run.parameters["decision_id"]
    try:
        return title_of(int(number))
    except CampaignError:
        return f"阶段审批 {number}"


@shown(
    "阶段审批",
    "由巡查或“阶段推进”发起，等领导填写审批意见；谁决定以验证码为准。请不要手工启动或改状态。",
    called=_run_name,
)
def decide_transition(
    decision_id: Annotated[Number, Field(title="审批编号", description="见 shifan decision list")],
) -> State:
    """The stage has moved as the decider said, or the run says why the question is void.

    May be repeated and replayed: an answer is taken once, whoever hands it in.
    """
    source = str(runtime.flow_run.id)
    while True:
        question = read_question(decision_id, source, clock.moment())
        if question.number > 1:  # left behind when a process died between taking and wiping
            forget_input(source, f"decision-{question.number - 1}")
        if question.closed:
            return _void(decision_id, f"本次审批已失效：{question.closed}")

        # The process ends here and starts again from the top when somebody resumes the run: above
        # this line nothing is written. Answers already taken are counted in our own table, so each
        # is asked for under a number of its own and read once.
        form = suspend_flow_run(
            wait_for_input=form_of(question),
            timeout=int(WAIT.total_seconds()),
            key=f"decision-{question.number}",
        )
        outcome = _take(question, source, form)
        if outcome.overtaken:
            return _void(decision_id, outcome.line)
        if outcome.done:
            forget_runs([decision_id])
            return Completed(message=outcome.line)
        get_run_logger().info("第 %s 次提交没有通过，已请重新填写", question.number)
        step("发送", deliver)(clock.now)  # a new code goes out at once


def fault_of_decision(decision_id: int, answer: Mapping[str, Any], client: str) -> str:
    """Return in one line why an answer would be refused, before the run takes it; empty when not.

    An answer that is none of the form's is Prefect's to refuse.
    """
    try:
        form = DecisionForm.model_validate({**answer, "decision": CHOOSE})
    except ValidationError:
        return ""
    word = answer.get("decision")
    said = _said(form.model_copy(update={"decision": word if isinstance(word, str) else CHOOSE}))
    handed = HandedIn(form.code, "", client=client, name=form.name)
    return foresee_answer(decision_id, said, handed, clock.moment())


def form_of(question: Question) -> type[Form]:
    """Return the form that a question can be answered in.

    Whom it may be handed on to stands among the choices: a field more would leave a phone no room
    for the question itself. What was chosen is checked when it is taken, for on the replay of a run
    the posts may be others.
    """
    form: type[Form] = OpeningForm if question.is_opening else DecisionForm
    if question.may_transfer:
        form = _with_posts(form, question.others)
    return form.with_initial_data(description=question.markdown)


def _with_posts(form: type[Form], posts: Sequence[str]) -> type[Form]:
    known = get_args(form.model_fields["decision"].annotation)
    listed: list[Any] = [*known, *(f"{TRANSFER}：{post}" for post in posts)]
    field = Field(default=CHOOSE, title="决定", json_schema_extra={"enum": listed})
    return create_model(form.__name__, __base__=form, decision=(str, field))


def _take(question: Question, source: str, form: Form) -> Outcome:
    """Take one answer, then wipe it from Prefect's own tables: it holds the code."""
    try:
        handed = HandedIn(form.code, source, question.number, client_of(form), form.name)
        return take_answer(question.decision_id, _said(form), handed, clock.moment())
    finally:
        forget_input(source, f"decision-{question.number}")


def _said(form: Form) -> Said:
    """Return what a form says; the server lets 2026-02-30 through, which is a fault like any other."""
    word, _, to = form.decision.replace(":", "：").partition("：")
    answer = ANSWERS_BY_WORD.get(word)
    try:
        return Said(answer, form.reason, day_in(getattr(form, "new_date", "")), to)
    except CampaignError as error:
        return Said(answer, form.reason, None, to, unread=str(error))


def _void(decision_id: int, words: str) -> State:
    forget_runs([decision_id])
    return Completed(name="已失效", message=words)
