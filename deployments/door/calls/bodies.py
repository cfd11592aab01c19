"""What may stand in the body of each call that changes something or could tell a secret.

Each of these takes the body as JSON says it and returns what is passed on, or raises `Misshaped`.
"""

from deployments.door.calls.shapes import (
    as_object,
    as_one_object,
    check_flag,
    check_list,
    check_nothing,
    check_number,
    check_one_of,
    check_text,
    check_values,
    optional,
)

STATE = 40
LINE = 2000

# When a run starts, and nothing of how: what the UI sends along says nothing.
LATER = as_object(
    scheduled_time=check_text(40),
    deferred=check_nothing,
    untrackable_result=check_nothing,
    pause_reschedule=check_nothing,
    cache_expiration=check_nothing,
)

# A known deployment is run with values of its form. Job variables, work queue, infrastructure and
# whatever else would say how the run's process is made must say nothing.
RUN = as_object(
    parameters=optional(check_values),
    name=check_text(200),
    tags=check_list(check_text(100), 20),
    idempotency_key=check_text(200),
    enforce_parameter_schema=check_one_of(True, None),
    state=optional(
        as_object(
            needed=("type",),
            type=check_one_of("SCHEDULED"),
            name=check_text(STATE),
            message=check_text(LINE),
            data=check_nothing,
            state_details=optional(LATER),
        )
    ),
    context=check_nothing,
    empirical_policy=check_nothing,
    infrastructure_document_id=check_nothing,
    job_variables=check_nothing,
    labels=check_nothing,
    parent_task_run_id=check_nothing,
    work_queue_name=check_nothing,
)

# The answer to a form: one value a field.
RESUME = as_object(run_input=optional(check_values))

CANCEL = as_object(
    needed=("state",),
    force=check_flag,
    state=as_object(
        needed=("type",),
        type=check_one_of("CANCELLING", "CANCELLED"),
        name=check_one_of("Cancelling", "Cancelled", None),
        message=check_text(LINE),
        data=check_nothing,
        state_details=check_nothing,
    ),
)

# A schedule or a deployment is paused or goes on. V1 sends along the schedule as it showed it; the
# door compares it with what is kept, and hands on the switch alone.
SWITCH_SCHEDULE = as_object(
    needed=("active",),
    active=check_flag,
    slug=check_text(200),
    schedule=optional(check_values),
    parameters=optional(check_values),
    max_scheduled_runs=optional(check_number(0, 1000)),
)
SWITCH_DEPLOYMENT = as_one_object(paused=check_flag)

# What the forms check as they are typed. Schemas may point only into themselves: the library behind
# this call fetches what they point to.
VALIDATE = as_object(
    needed=("schema", "values"),
    schema=check_values,
    values=check_values,
)

# A search that tells no secrets; everything else in it is Prefect's to check.
WITHOUT_SECRETS = as_object(others=True, include_secrets=check_one_of(False, None))

# Prefect keeps 32 bits of an offset; beyond, the whole list answers with an error.
SEARCH = as_object(
    others=True,
    offset=optional(check_number(0, 2**31 - 1)),
    limit=optional(check_number(0, 2**31 - 1)),
    page=optional(check_number(0, 2**31 - 1)),
)
