"""The tables of a command: opened once, before its body."""

from models.rules.calendar.moment import Moment


def open_tables(*, any_state: bool = False) -> Moment:
    """Make sure that the database is as this code needs it; return the moment of the command.

    With ``any_state`` one that is not of the last head of the chain is taken as it is.
    """
    from flows.running import clock
    from models.schema import ensure_schema

    moment = clock.moment()
    ensure_schema(moment.now, any_state=any_state)
    return moment
