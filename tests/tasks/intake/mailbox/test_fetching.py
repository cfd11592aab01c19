"""Which mails a round takes, and what servers say of them in whichever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evidence.intake.mails import KnownMail
from tasks.intake.mailbox import round as rounds
from tasks.intake.mailbox.fetching import Listed, _looked_at, _records
from tasks.intake.mailbox.round import sorted_out, within_bounds

FIELD = b"BODY[HEADER.FIELDS (MESSAGE-ID)] {18}"
HEADER = b"Message-ID: <a@x>\r\n\r\n"


def mail(name: str, size: int = 10, *, marked: bool = False) -> Listed:
    return Listed(name.strip("<>"), name, size, None, marked)


@pytest.mark.parametrize(
    ("one", "known", "becomes"),
    [
        (mail("<1>"), (), "new"),
        (mail("<1>", marked=True), (), "new"),  # somebody of the office flagged it before us
        (mail("<1>"), ("<1>", 10, True), "kept"),  # lacks only its mark
        (mail("<1>", marked=True), ("<1>", 10, True), ""),
        (mail("<1>", 11), ("<1>", 10, True), "new"),  # another mail with its name, or it was moved
        (mail("<1>", 11, marked=True), ("<1>", 10, True), ""),
        (mail("<1>"), ("<1>", 10, False), "new"),  # begun and not ended
    ],
)
def test_what_a_round_does_with_a_mail(one, known, becomes):
    new, kept = sorted_out([one], [KnownMail(*known)] if known else [])
    assert (new, kept) == ([one] * (becomes == "new"), [one] * (becomes == "kept"))


def test_mails_that_were_begun_before_come_last():
    new, _ = sorted_out([mail("<1>"), mail("<2>")], [KnownMail("<1>", 10, False)])
    assert [one.uid for one in new] == ["2", "1"]


def test_a_round_takes_one_mail_however_large_and_no_more_than_it_has_room_for(monkeypatch):
    monkeypatch.setattr(rounds, "MOST_BYTES", 25)
    assert len(within_bounds([mail("<1>", 90), mail("<2>")])) == 1
    assert len(within_bounds([mail("<1>"), mail("<2>"), mail("<3>")])) == 2


class Client:
    def __init__(self, answer: list) -> None:
        self.answer = answer

    def uid(self, *_: object) -> tuple[str, list]:
        return "OK", self.answer


class Box:
    def __init__(self, answer: list) -> None:
        self.client = Client(answer)


@pytest.mark.parametrize(
    "answer",
    [
        [(b"1 (UID 7 FLAGS (\\Seen \\Flagged) RFC822.SIZE 99 " + FIELD, HEADER), b")"],
        [(b"1 (" + FIELD, HEADER), b" UID 7 RFC822.SIZE 99 FLAGS (\\Flagged))"],  # behind it
        [b"1 (FLAGS (\\Seen))", (b"1 (UID 7 RFC822.SIZE 99 FLAGS (\\FLAGGED) " + FIELD, HEADER), b")"],
    ],
)  # fmt: skip
def test_what_servers_say_is_read_before_and_behind_the_literal(answer):
    [one] = _looked_at(Box(answer), ["7"], "\\Flagged")  # type: ignore[arg-type]
    assert (one.uid, one.message_id, one.size, one.marked) == ("7", "<a@x>", 99, True)


PIECE = st.binary(max_size=40)


@given(st.lists(st.one_of(PIECE, st.tuples(PIECE, PIECE), st.none()), max_size=8))
def test_nonsense_from_a_server_is_passed_over(answer):
    assert all(len(one) == 2 for one in _records(answer))
