"""Steps and flows as operators see them: named in Chinese, failing in one line instead of a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import FailedRun
from prefect.states import Failed, State

from models.errors import CampaignError

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str, function: Callable[P, R]) -> Task[P, R]:
    """Return ``function`` as a Prefect task called ``name``; never cached, for it reads what changes.

    A step is worth seeing: a run has a handful, never one per unit or message. What a user can cause
    ends the step as failed with its one line.
    """

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return function(*args, **kwargs)
        except CampaignError as error:
            return Failed(message=str(error))

    return task(name=name, task_run_name=name, cache_policy=NO_CACHE)(told)


def in_one_line(function: Callable[P, State]) -> Callable[P, State]:
    """Make a flow end as failed, with the reason as its message, where a step or a rule said no."""

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> State:
        try:
            return function(*args, **kwargs)
        except (CampaignError, FailedRun) as error:
            return Failed(message=str(error))

    return told
