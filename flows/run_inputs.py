"""What was typed into a suspended run's form, and wiping it from Prefect's tables."""

from uuid import UUID

import httpx
from prefect import get_client
from prefect.exceptions import PrefectHTTPStatusError


def forget_input(flow_run: str, key: str) -> None:
    """Delete what was typed under ``key``; it may be gone already."""
    with get_client(sync_client=True) as client:
        try:
            client.delete_flow_run_input(
                flow_run_id=UUID(flow_run), key=f"suspended-{key}-response"
            )
        except PrefectHTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
