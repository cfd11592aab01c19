"""The mark of a form: what only this stay knows, and a number of the form's own, so that it is sent once."""

import hmac
import re
import secrets

from deployments.window.asking import NotYours

EXPIRED_FORM = "这张表已经过期，没有提交；请返回刷新后再填一次"
_STAYS = 32  # characters that are the stay's
_NUMBER = re.compile("[0-9a-f]{16}", re.ASCII)


def new_mark(stays: str) -> str:
    """Return the mark of a form that is shown now; ``stays`` is what every form of the stay carries."""
    return stays + secrets.token_hex(8)


def number_of(mark: str, stays: str) -> str:
    """Return the form's own number; raises NotYours for a mark that is no form's of this stay."""
    own, number = mark[:_STAYS], mark[_STAYS:]
    if not hmac.compare_digest(own.encode(), stays.encode()) or not _NUMBER.fullmatch(number):
        raise NotYours(EXPIRED_FORM)
    return number
