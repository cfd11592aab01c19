"""What was typed into a suspended run's form, where from, and wiping it from Prefect's tables."""

from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import PrefectHTTPStatusError
from prefect.input import RunInput

from models.decisions.tries import IN_WINDOW
from models.decisions.wrong_codes import LONGEST_SOURCE

ANSWER = "-response"
CLIENT = "source"  # the key that the door before the window adds to every answer


def client_of(form: RunInput) -> str:
    """Return the address an answer came from, as the door before the window saw it; 界面 without one.

    The door overwrites what was sent under its key, so nobody chooses an address.
    """
    said = (form.model_extra or {}).get(CLIENT)
    if not isinstance(said, str) or not said.strip() or not said.isprintable():
        return IN_WINDOW
    return said.strip()[:LONGEST_SOURCE]


def forget_answers(client: SyncPrefectClient, flow_run: str) -> None:
    """Delete everything that was typed into a run that ended some other way; it may hold a code."""
    found = client.filter_flow_run_input(
        flow_run_id=UUID(flow_run), key_prefix="suspended-", limit=200, exclude_keys=set()
    )
    for one in found:
        if one.key.endswith(ANSWER):
            client.delete_flow_run_input(flow_run_id=UUID(flow_run), key=one.key)


def forget_input(flow_run: str, key: str) -> None:
    """Delete what was typed under ``key``; it may be gone already."""
    with get_client(sync_client=True) as client:
        try:
            client.delete_flow_run_input(flow_run_id=UUID(flow_run), key=f"suspended-{key}{ANSWER}")
        except PrefectHTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
