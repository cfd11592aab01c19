"""Which units an address is of: by the channels, and by the ledgers that it handed in."""

from collections.abc import Collection, Iterator

from sqlmodel import Session

from models.errors import ChannelError
from models.evidence.intake.late import units_of_senders
from models.evidence.known import Units, units_known
from tasks.lists.names import meant, with_bodies
from tasks.office.reach import channels_now


def units_at(
    session: Session, campaign_id: int, addresses: Collection[str]
) -> dict[str, list[str]]:
    """Return the units of each address: whose ledgers it handed in, and whose channel it is.

    An address that two liaisons share is of both, though only one of them has handed in anything yet.
    """
    found = {
        at: set(units) for at, units in units_of_senders(session, campaign_id, addresses).items()
    }
    units = units_known(session, campaign_id)
    for at, names in units_by_channel(units, [one for one in addresses if "@" in one]):
        found.setdefault(at, set()).update(names)
    return {at: sorted(names) for at, names in found.items()}


def units_by_channel(units: Units, addresses: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each of ``addresses`` with the units whose channel it is; nothing where none is set up."""
    try:
        channels = channels_now() if addresses else None
    except ChannelError:  # said elsewhere, once
        channels = None
    bodies = with_bodies(units.ids)
    for address in addresses if channels else ():
        assert channels is not None
        tags = (tag.partition("-")[0] for tag in channels.tags_at(address))
        found = {units.names[id_] for tag in tags if (id_ := meant(tag, bodies)) is not None}
        yield address, sorted(found)
