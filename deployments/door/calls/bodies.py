"""What may stand in the body of each call that changes something or could tell a secret.

A field that is not there need not be, unless the class gives it no value.
"""

from typing import Annotated, Literal

from pydantic import Field

from deployments.door.calls.shapes import Line, No, Nothing, Place, Shape, Tags, Values, Word, Yes

State = Annotated[Word, Field(max_length=40)]


class _Later(Shape):  # when a run starts, and nothing of how: what the UI sends along says nothing
    scheduled_time: State | None = None
    deferred: Nothing = None
    untrackable_result: Nothing = None
    pause_reschedule: Nothing = None
    cache_expiration: Nothing = None


class _Scheduled(Shape):
    type: Literal["SCHEDULED"]
    name: State | None = None
    message: Line | None = None
    data: Nothing = None
    state_details: _Later | None = None


class Run(Shape):
    """A known deployment is run with values of its form.

    Job variables, work queue, infrastructure and whatever else would say how the run's process is made
    must say nothing.
    """

    parameters: Values | None = None
    name: Word | None = None
    tags: Tags | None = None
    idempotency_key: Word | None = None
    enforce_parameter_schema: Yes | None = None
    state: _Scheduled | None = None
    context: Nothing = None
    empirical_policy: Nothing = None
    infrastructure_document_id: Nothing = None
    job_variables: Nothing = None
    labels: Nothing = None
    parent_task_run_id: Nothing = None
    work_queue_name: Nothing = None


class Resume(Shape):
    """The answer to a form: one value a field."""

    run_input: Values | None = None


class _Ended(Shape):
    type: Literal["CANCELLING", "CANCELLED"]
    name: Literal["Cancelling", "Cancelled"] | None = None
    message: Line | None = None
    data: Nothing = None
    state_details: Nothing = None


class Cancel(Shape):
    """A run is ended."""

    state: _Ended
    force: bool = False


class SwitchSchedule(Shape):
    """A schedule is paused or goes on.

    V1 sends along the schedule as it showed it; the door compares it with what is kept, and hands on
    the switch alone.
    """

    active: bool
    slug: Word | None = None
    schedule: Values | None = None
    parameters: Values | None = None
    max_scheduled_runs: Annotated[Place, Field(le=1000)] | None = None


class SwitchDeployment(Shape):
    """A deployment is paused or goes on."""

    paused: bool


class Validate(Shape):
    """What the forms check as they are typed.

    Schemas may point only into themselves: the library behind this call fetches what they point to.
    """

    of: Values = Field(alias="schema")
    values: Values


class WithoutSecrets(Shape, extra="allow"):
    """A search that tells no secrets; everything else in it is Prefect's to check."""

    include_secrets: No | None = None


class Search(Shape, extra="allow"):
    """A search within what Prefect can count; everything else in it is Prefect's to check."""

    offset: Place | None = None
    limit: Place | None = None
    page: Place | None = None
