"""Calendars that telephones fetch by a secret address, and the page where people get and withdraw one."""

from deployments.window.asking import Asked, Go, Page, Sheet, Way
from deployments.window.paging import narrowed
from models.errors import NotFoundError
from models.rules.window.sight import Right
from tasks.window.addresses import Behind, SecretAddress
from tasks.window.given_addresses import address_page, withdraw_address

KIND = "text/calendar; charset=utf-8"
MOST_DIGITS = 10
ROOM_FOR_UNITS = 20_000  # bytes: each address has a picture of its own


def calendar_feed(asked: Asked) -> Sheet:
    """Answer a telephone: with nothing but its mark while nothing moved, with the calendar otherwise.

    Nobody is asked who they are, and a fetch leaves no entry: it comes every hour from every telephone.
    """
    # Here, not above: what writes calendars holds three MiB, and many windows never write one.
    from tasks.window.feeds import feed_bytes, feed_mark

    token = asked.path["token"]
    try:
        mark = f'"{feed_mark(token, asked.moment)}"'
    except NotFoundError as error:
        return Sheet(f"{error}\n".encode(), "text/plain; charset=utf-8", status=404)
    kept = {"etag": mark, "cache-control": "private, no-cache"}
    if mark in [one.strip().removeprefix("W/") for one in asked.known.split(",")]:
        return Sheet(b"", KIND, headers=kept, status=304)
    return Sheet(feed_bytes(token, asked.moment), KIND, headers=kept)


def show_addresses(asked: Asked) -> Page:
    """Show the addresses that whoever is there may have."""
    unit_id = _number(asked.query.get("unit", ""))
    entry = _number(asked.query.get("done", ""))
    page = address_page(asked.visitor, asked.of.id, unit_id)
    units = [(str(number), name) for number, name in page.units]
    found = narrowed(asked, units, chosen=str(page.unit_id or ""), room=ROOM_FOR_UNITS)
    facts = {"page": page, "units": found, "entry": entry, "fault": asked.fault}
    return Page("addresses.html", facts)


def withdraw_one(asked: Asked) -> Go:
    """Withdraw an address; the page shows the next one."""
    behind, number = asked.form.get("behind", ""), _number(asked.form.get("number", ""))
    if behind not in list(Behind) or not number:
        raise NotFoundError("没有收回：这里没有这个地址，或者不该由您收回")
    secret = SecretAddress(Behind(behind), number)
    withdraw_address(secret, asked.visitor, asked.of.id, asked.moment)
    unit = f"&unit={number}" if secret.behind is Behind.UNIT else ""
    return Go(f"/c/{asked.of.address}/feeds?done={asked.done.last}{unit}")


def _number(text: str) -> int | None:
    """Return a number of the address or the form; None for what is none."""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None


WAYS = (
    Way("GET", "/cal/{token}.ics", calendar_feed, Right.PUBLIC),
    Way("GET", "/c/{slug}/feeds", show_addresses, Right.SEE_BOARD),
    Way("POST", "/c/{slug}/feeds", withdraw_one, Right.SEE_BOARD, show_addresses),
)
