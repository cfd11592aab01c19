"""Keep in the audit what the door did not let through."""

from models.audit.chain import NewEntry, record
from models.database import open_session
from models.rules.calendar.moment import Moment

LONGEST = 200  # letters of what was called; a path may be as long as a caller likes


def keep_refusal(source: str, reason: str, called: str, times: int, moment: Moment) -> None:
    """Append one entry: who (an address) was refused what, why, and how many times it stands for.

    ``reason`` is the door's word for it. No value of the call is kept, only method and path.
    """
    plain = "".join(letter if letter.isprintable() else "?" for letter in called)
    with open_session() as session:
        facts = {"reason": reason, "times": times}
        said = NewEntry(f"来自 {source}", "door-refused", plain[:LONGEST], facts)
        record(session, None, moment, said)
