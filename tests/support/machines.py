"""Other machines that share a server with this one: what they leave in the database."""

import json
import socket
from datetime import datetime

from models.database import open_session
from models.doctor.signs import DELIVERY, EXAMINATION, leave_sign, signs_of
from models.settings import settings
from tasks.doctor.examining import Examination
from tasks.doctor.kept import FILE, keep_examination


def examined_elsewhere(machine: str, found: Examination) -> None:
    """Keep ``found`` as ``machine`` would; nothing of it is left here."""
    keep_examination(found, [])
    (settings().home / FILE).unlink()
    with open_session() as session:
        [mine] = [
            one
            for one in signs_of(session, EXAMINATION, found.at)
            if one.machine == socket.gethostname()
        ]
        said = json.dumps(json.loads(mine.said) | {"machine": machine})
        session.delete(mine)
        leave_sign(session, EXAMINATION, machine, found.at, said)


def delivered_elsewhere(machine: str, at: datetime) -> None:
    """Leave the sign of a round of delivery of ``machine``."""
    with open_session() as session:
        leave_sign(session, DELIVERY, machine, at)
