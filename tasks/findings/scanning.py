"""Take in a dispatch that came back, as the office names it at the command."""

import hashlib

from models.campaign.campaign import looking_at
from models.errors import ProgressError
from models.files.whole_file import read_given
from models.findings.dispatching import dispatch_named
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from tasks.findings.returns import ReturnedDispatch
from tasks.intake.arrived import Arrived
from tasks.intake.receiving import receive

LARGEST = 100_000_000  # bytes of a scan


def take_return(slug: str | None, returned: ReturnedDispatch, moment: Moment) -> str:
    """Take a scan in by the door of all files, tie it to its dispatch, and say so. Repeatable.

    It is kept under the dispatch's number. Raises ProgressError for a photograph, a secret, what is empty or
    a program, and for a dispatch that is done with.
    """
    with looking_at(slug) as (session, campaign):
        row = dispatch_named(session, key_of(campaign), returned.number or returned.path.stem)
        name, label = row.name, campaign.slug
    content = read_given(returned.path, LARGEST, "扫描件")
    digest = hashlib.sha256(content).hexdigest()
    key = f"return:{name}:{digest}"
    file = Arrived(
        f"{name}{returned.path.suffix.lower()}",
        content,
        returned.by_post,
        Via.COMMAND,
        moment.now,
        key,
        key,
    )
    [one] = receive(label, [file], moment)
    if one.reception in (Reception.REFUSED, Reception.SECRET):
        raise ProgressError(f"{returned.path.name} {'；'.join(one.lines)}")
    return f"{name}：{'；'.join(one.lines)}"
