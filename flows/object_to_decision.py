"""On request, from the link in every receipt: a leader objects to what was decided in the post's name."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from prefect import get_run_logger, runtime
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import Form, Note, Number, Person, Post, asking
from flows.running.question_runs import look_after_runs
from flows.running.run_inputs import client_of, forget_input
from flows.running.step import shown, step
from models.decisions.tries import HandedIn, Outcome
from models.errors import CampaignError
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import (
    begin_objection,
    foresee_objection,
    take_objection,
    tried_before,
)
from tasks.decisions.questions import title_of
from tasks.notices.delivery import deliver

# Seconds: a code is valid that long, and the right to object not much longer.
WAIT = 3 * 24 * 60 * 60


class ObjectionForm(Form):
    """对以自己名义作出的决定提出异议。"""

    decision: Number = Field(title="审批编号", description="链接已填好")
    by_post: Post = Field(title="提出异议的岗位", description="如 组长；决定是以它的名义作出的")
    reason: Note = Field(title="理由", description="如 不是我作的决定")
    registrar: Post = Field(
        default="",
        title="登记人职务",
        description="提出异议的岗位没有自己的通道、由工作人员登记时才填",
    )


class CodeForm(RunInput):
    """确认异议。"""

    model_config = asking("code")

    code: Person = Field(default="", title="验证码（六位）")


def _run_name() -> str:
    """Return who objects to which decision; its number alone where there is none."""
    filled = runtime.flow_run.parameters["objection"]
    given = filled if isinstance(filled, Mapping) else filled.model_dump()
    try:
        title = title_of(int(given["decision"]))
    except CampaignError:
        title = f"编号 {given['decision']}"
    return f"提出异议 {given['by_post']}：{title}"


@shown(
    "提出异议",
    "从决定回执里的链接打开。提交后验证码发到本人的通道，再点右上角 ⋮ 里的 Resume 填入，异议才生效。",
    called=_run_name,
)
def object_to_decision(objection: Annotated[ObjectionForm, Field(title="异议")]) -> State:
    """The stage is back at the question and everybody knows, or the run says in one line why not.

    May be repeated and replayed: a code that is out is not sent again, an objection stands once.
    """
    source, form = str(runtime.flow_run.id), objection
    said = Objecting(form.decision, form.by_post, form.reason, form.registrar)
    while True:
        tried = tried_before(said.decision_id, source)
        if tried:  # left behind when a process died between taking and wiping
            forget_input(source, f"code-{len(tried)}")
        if words := step("核对，发验证码", begin_objection)(said, clock.moment()):
            return _done(words)
        step("发送", deliver)(clock.now)

        # The process ends here and starts again from the top when somebody resumes the run. What was
        # done above is done once: the code is sent only where none is out.
        typed = suspend_flow_run(
            wait_for_input=CodeForm.with_initial_data(description=_above(said, tried)),
            timeout=WAIT,
            key=f"code-{len(tried) + 1}",
        )
        outcome = _take(said, source, len(tried) + 1, typed)
        if outcome.done:
            return _done(outcome.line)
        get_run_logger().info("第 %s 次填写的验证码没有通过，已请重新填写", len(tried) + 1)


def fault_of_objection(objection: ObjectionForm, answer: Mapping[str, Any], client: str) -> str:
    """Return in one line why a code would be refused, before the run takes it; empty when not."""
    code, form = answer.get("code"), objection
    if not isinstance(code, str):
        return ""
    said = Objecting(form.decision, form.by_post, form.reason, form.registrar)
    return foresee_objection(said, HandedIn(code, "", client=client), clock.moment())


def _above(said: Objecting, tried: Sequence[str]) -> str:
    fault = f"> **上次提交的结果：** {tried[-1]}\n\n" if tried else ""
    return (
        f"{fault}**{said.by}对编号 {said.decision_id} 的决定提出异议**，理由：{said.reason}\n\n"
        f"验证码已发到{said.by}本人的通道，填入后异议生效，阶段回到审批。"
    )


def _take(said: Objecting, source: str, number: int, form: CodeForm) -> Outcome:
    """Take one code, and wipe it from Prefect's own tables whatever came of it."""
    handed = HandedIn(form.code, source, number, client_of(form))
    try:
        return take_objection(said, handed, clock.moment())
    finally:
        forget_input(source, f"code-{number}")


def _done(words: str) -> State:
    """Give the new question its form, then tell at once whom it concerns."""
    step("请求审批", look_after_runs)(clock.moment())
    step("发送", deliver)(clock.now)
    return Completed(message=words)
