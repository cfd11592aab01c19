"""Steps and flows as operators see them: named in Chinese, failing in one line instead of a traceback."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, ParamSpec, TypeVar, cast

from prefect import Flow, flow, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed

from models.errors import CampaignError
from tasks.campaign.naming import campaign_in_words

SAID_NO = "未通过"  # the name of the state of a step that a rule or a user's mistake ended

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str, function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function`` as a step called ``name``; never cached, for it reads what changes.

    A step is worth seeing: a run has a handful, never one per unit or message. What a user can cause
    ends the step as failed with its one line, and raises CampaignError in the flow.
    """

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return function(*args, **kwargs)
        except CampaignError as error:
            return Failed(name=SAID_NO, message=str(error))

    seen = task(name=name, task_run_name=name, cache_policy=NO_CACHE)(told)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        state = seen(*args, return_state=True, **kwargs)
        if state.name == SAID_NO:
            raise CampaignError(state.message)
        return state.result()

    return run


def shown(
    name: str, description: str, *about: str, called: str | Callable[[], str] = ""
) -> Callable[[Callable[P, R]], Flow[P, R]]:
    """Make a function the flow that operators know as ``name``, which ends `in_one_line`.

    Its runs are called as `run_name` says of ``about``: the form and its facts; else as ``called``.
    """

    def made(function: Callable[P, R]) -> Flow[P, R]:
        names = called or run_name(name, *about)
        kept = flow(name=name, flow_run_name=names, description=description)
        return cast(Flow[P, R], kept(in_one_line(function)))

    return made


def in_one_line(function: Callable[P, R]) -> Callable[P, R]:
    """Make a flow end as failed, with the reason as its message, where a step or a rule said no."""
    called: Callable[P, Any] = function

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return called(*args, **kwargs)
        except CampaignError as error:
            return Failed(message=str(error))

    @wraps(function)
    async def told_later(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return await called(*args, **kwargs)
        except CampaignError as error:
            return Failed(message=str(error))

    return cast(Callable[P, R], told_later if iscoroutinefunction(function) else told)


def run_name(flow: str, form: str = "", *facts: str) -> Callable[[], str]:
    """Return a function that names a run after ``facts`` of its ``form`` and the campaign it is for.

    Without ``form`` the campaign is a parameter of its own, and a run for all campaigns names none.
    """

    def named() -> str:
        given = runtime.flow_run.parameters
        filled = given.get(form, {}) if form else given
        words = [flow, *(_field(filled, fact) for fact in facts)]
        campaign = called = _field(filled, "campaign")
        if campaign or form:
            with suppress(CampaignError):  # one that is not known is called as it was typed
                called = campaign_in_words(campaign or None)
        return " ".join(filter(None, words)) + (f"（{called}）" if called else "")

    return named


def _field(form: Any, name: str) -> str:
    """Return a field of a form, which is a mapping where the server made the run."""
    found = form.get(name) if isinstance(form, Mapping) else getattr(form, name, "")
    return str(found or "")
