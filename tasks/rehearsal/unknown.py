"""What of a message nobody knows ahead, and what stands in its place in a rehearsal."""

import re

from models.rules.audit.chain import HEAD

MASK = "＊＊＊＊＊＊"
# Numbers that are given out in order, whoever asks first: of messages, questions and entries of the chain.
NUMBERS = re.compile(r"(/[md]/|编号 |记录第 )\d+")
CHAIN_LINE = re.compile(rf"^{re.escape(HEAD)}\d.*$", re.M)
CHAIN_SAID = f"{HEAD.strip()}：条数和指纹，发送时才知道"


def without_what_is_not_known(body: str, code: str) -> str:
    """Return a body without what nobody knows ahead: the one-time code, the chain's head, and running numbers."""
    if code:
        body = body.replace(code, MASK)
    return NUMBERS.sub(r"\1…", CHAIN_LINE.sub(CHAIN_SAID, body))
