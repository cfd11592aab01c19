"""What a form says, held against the facts before Prefect makes a run of it or wakes one.

Prefect answers every well-formed form with a green tick, and what was wrong with it stands in a run
that the person no longer looks at. So the acts themselves are asked first, and a no is said while
the form is still open.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from deployments.door.refused import BUSY, Refused
from flows import (
    acknowledge_notices,
    advance_stage,
    confirm_condition,
    decide_transition,
    object_to_decision,
    register_progress,
)
from models.errors import CampaignError, DatabaseError

# By the name of the deployment: the parameter that holds the form, its kind, and what to ask of it.
FORMS: Mapping[str, tuple[str, type[BaseModel], Callable[[Any], None]]] = {
    "登记进展": ("progress", register_progress.ProgressForm, register_progress.foresee),
    "签收提醒": ("receipt", acknowledge_notices.ReceiptForm, acknowledge_notices.foresee),
    "登记确认": ("confirmation", confirm_condition.ConfirmForm, confirm_condition.foresee),
    "阶段推进": ("request", advance_stage.AdvanceForm, advance_stage.foresee),
}


def fault_of_run(deployment: str, parameters: Mapping[str, Any]) -> str:
    """Return in one line why a run of ``deployment`` with these values would fail; empty when not.

    Values that are none of the form's are Prefect's to refuse. Nothing is written. Raises Refused
    (busy) where the database cannot be asked now: that is no fault of the form.
    """
    if deployment not in FORMS:
        return ""
    name, kind, ask = FORMS[deployment]
    try:
        ask(kind.model_validate(parameters.get(name)))
    except ValidationError:
        return ""
    except DatabaseError as error:
        raise Refused(BUSY, str(error)) from None
    except CampaignError as error:
        return str(error)
    return ""


def fault_of_answer(parameters: Mapping[str, Any], answer: Mapping[str, Any], client: str) -> str:
    """Return in one line why ``answer`` to the run with these ``parameters`` would be refused.

    Empty when it would be taken. A wrong code counts as tried, from ``client``; nothing else is
    written. Raises Refused (busy) as `fault_of_run` does.
    """
    try:
        if number := parameters.get("decision_id"):
            return decide_transition.foresee(int(number), answer, client)
        if said := parameters.get("objection"):
            objection = object_to_decision.ObjectionForm.model_validate(said)
            return object_to_decision.foresee(objection, answer, client)
    except (ValidationError, ValueError):
        return ""
    except DatabaseError as error:
        raise Refused(BUSY, str(error)) from None
    except CampaignError as error:
        return str(error)
    return ""
