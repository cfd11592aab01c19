"""Put personal tokens into a message's links at the moment it is sent, where one person alone reads it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.database import open_session
from models.notices.addressees import (
    Addressee,
    addressees,
    campaign_addresses,
    campaigns_of_decisions,
)
from models.notices.outbox import Claim
from notifications.personal import personal
from tasks.decisions.making import Letter
from tasks.window.links import personal_token

_OF_CAMPAIGN = re.compile(r"/c/([a-z0-9-]+)")
_OF_DECISION = re.compile(r"/d/([0-9]{1,9})(?![0-9])")


class PersonalLinks:
    """Whose the messages of one round are; read once for all, and every try makes new tokens.

    A token is in what goes out and nowhere else: in no table, no log, and no answer that is kept.
    """

    def __init__(self, claims: Sequence[Claim]) -> None:
        said = "\n".join(f"{one.link}\n{one.body}" for one in claims)
        numbers = {int(number) for number in _OF_DECISION.findall(said)}
        with open_session(read_only=True) as session:
            self._posts = addressees(session, {one.message_id for one in claims})
            self._campaigns = campaign_addresses(session)
            self._decisions = campaigns_of_decisions(session, numbers) if numbers else {}

    def put_in(self, letter: Letter, claim: Claim, now: datetime) -> Letter:
        """Return ``letter`` with a token in each address of the window, good for whoever reads it.

        Never into a message that brings a code: whoever sees that one message (forwarded, on a locked
        phone) would have all it takes to decide. Its reader comes in by the alert that asks, or by a code.

        It is the token of the post that holds the message's tag in the campaign the address speaks of,
        else in the message's own; without such a post the address stays bare.
        """
        made: dict[Addressee, str] = {}

        def token_for(path: str) -> str:
            reader = self._reader(claim, path)
            if reader and reader not in made:
                made[reader] = personal_token(reader.post_id, reader.campaign_id, now)
            return made[reader] if reader else ""

        body, link = personal(letter.body, token_for), personal(letter.link, token_for)
        return replace(letter, body=body, link=link, tokens=tuple(made.values()))

    def _reader(self, claim: Claim, path: str) -> Addressee | None:
        own = self._posts.get((claim.message_id, claim.campaign_id))
        return self._posts.get((claim.message_id, self._campaign_of(path) or 0), own)

    def _campaign_of(self, path: str) -> int | None:
        """Return the campaign that an address speaks of, None where it names none."""
        if found := _OF_CAMPAIGN.match(path):
            return self._campaigns.get(found[1])
        found = _OF_DECISION.match(path)
        return self._decisions.get(int(found[1])) if found else None
