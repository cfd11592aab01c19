"""What a form says, held against the facts before Prefect makes a run of it or wakes one.

Prefect answers every well-formed form with a green tick, and what was wrong with it stands in a run
that the person no longer looks at. So the acts themselves are asked first, and a no is said while
the form is still open.
"""

from collections.abc import Callable, Mapping
from typing import Any

from deployments.door.refused import BUSY, Refused
from flows.acknowledge_notices import AcknowledgementForm
from flows.advance_stage import AdvanceForm
from flows.confirm_condition import ConfirmForm
from flows.decide_transition import fault_of_decision
from flows.object_to_decision import ObjectionForm, fault_of_objection
from flows.register_progress import ProgressForm
from flows.running.forms import Form
from models.errors import CampaignError, DatabaseError

# By the name of the deployment: the parameter that holds the form, and its kind.
FORMS: Mapping[str, tuple[str, type[Form]]] = {
    "登记进展": ("progress", ProgressForm),
    "签收提醒": ("receipt", AcknowledgementForm),
    "登记确认": ("confirmation", ConfirmForm),
    "阶段推进": ("request", AdvanceForm),
}


def fault_of_run(deployment: str, parameters: Mapping[str, Any]) -> str:
    """Return in one line why a run of ``deployment`` with these values would fail; empty when not.

    Values that are none of the form's are Prefect's to refuse. Nothing is written. Raises Refused
    (busy) where the database cannot be asked now: that is no fault of the form.
    """
    if deployment not in FORMS:
        return ""
    name, kind = FORMS[deployment]
    return _fault(lambda: kind.model_validate(parameters.get(name)).foresee())


def fault_of_answer(parameters: Mapping[str, Any], answer: Mapping[str, Any], client: str) -> str:
    """Return in one line why ``answer`` to the run with these ``parameters`` would be refused.

    Empty when it would be taken. A wrong code counts as tried, from ``client``; nothing else is
    written. Raises Refused (busy) as `fault_of_run` does.
    """
    if number := parameters.get("decision_id"):
        return _fault(lambda: fault_of_decision(int(number), answer, client))
    if said := parameters.get("objection"):
        return _fault(
            lambda: fault_of_objection(ObjectionForm.model_validate(said), answer, client)
        )
    return ""


def _fault(ask: Callable[[], str | None]) -> str:
    try:
        return ask() or ""
    except ValueError:  # none of the form's values, ValidationError among them: Prefect's to refuse
        return ""
    except DatabaseError as error:
        raise Refused(BUSY, str(error)) from None
    except CampaignError as error:
        return str(error)
