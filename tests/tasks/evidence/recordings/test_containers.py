"""Recordings in .avi, .mkv, .webm, .wmv, .flv and .ogg tell their length and their day; what is cut off is said."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.evidence.checking import findings_of
from models.rules.evidence.examined import Hindrance
from tasks.evidence.examining.examine import examine, examined_outside
from tasks.evidence.examining.media import media_of
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.recordings.recorded import recorded
from tests.support.containers import asf, avi, flash, matroska, ogg

EVENING = datetime(2025, 6, 1, 16, 30, tzinfo=UTC)  # half past midnight of the second, in China
WHOLE = {
    "avi": avi(),
    "mkv": matroska(),
    "wmv": asf(),
    "flv": flash(),
    "ogg": ogg(),
}


def one(name: str, content: bytes):
    [seen] = examine([(name, content)], read_scans=False)
    return seen


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (avi(2500), 100),
        (matroska(90.5), 90.5),
        (matroska(None), None),  # live: nobody knew how long it would be
        (matroska(90.5, unknown=True), 90.5),
        (asf(90.5), 90.5),
        (asf(90.5, live=True), None),
        (flash(90.5), 90.5),
        (flash(90.5, told=False), 90.5),
        (flash(17_000, told=False), 17_000),  # past the 24 bits of a tag's time
        (ogg(90.5), 90.5),
        (ogg(90.5, "vorbis"), 90.5),
        (ogg(90.5, film=True), 90.5),
    ],
)
def test_a_recording_in_any_container_tells_its_length(content, seconds):
    said = recorded(io.BytesIO(content), len(content), media_of(content))

    assert said.seconds == pytest.approx(seconds, rel=0.001) if seconds else said.seconds is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("会.avi", avi(made=b"MON JUN 02 00:30:00 2025\n\0")),
        ("会.avi", avi(made=b"2025:06:02 00:30:00")),
        ("会.mkv", matroska(made=EVENING)),
        ("会.webm", matroska(made=EVENING)),
        ("会.wmv", asf(made=EVENING)),
        ("会.flv", flash(made="2025-06-02 00:30")),
        ("录音.ogg", ogg(comment=b"DATE=2025-06-02")),
    ],
)
def test_the_day_of_a_recording_is_held_against_the_fact(name, content):
    seen = one(name, content)

    assert (seen.fault, seen.suffix_fits, seen.made_on) == (Hindrance.NONE, True, date(2025, 6, 2))
    late = findings_of(seen, date(2025, 4, 1), (None, None), False)
    assert [f.detail for f in late if f.check == "made-later"][0].startswith("文件属性里的创建日期")
    assert not [f for f in findings_of(seen, date(2025, 5, 20), (None, None), False) if f.check == "made-later"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("会.avi", avi(25 * 7200), ["长 2 小时，画面和声音没有核查；请写明要看的时段"]),
        ("会.webm", matroska(7200), ["长 2 小时，画面和声音没有核查；请写明要看的时段"]),
        ("会.wmv", asf(60), []),
        ("录音.wma", asf(65, sound=True), ["是录音，长 1 分 5 秒，里面的话没有核查"]),
        ("录音.webm", matroska(65, track=2), ["是录音，长 1 分 5 秒，里面的话没有核查"]),
        ("录音.opus", ogg(65), ["是录音，长 1 分 5 秒，里面的话没有核查"]),
        ("会.ogv", ogg(65, film=True), []),
        ("录音.flv", flash(65, flags=4), ["是录音，长 1 分 5 秒，里面的话没有核查"]),
    ],
)
def test_sound_alone_and_what_is_very_long_is_said(name, content, said):
    seen = one(name, content)

    assert (seen.fault_words, list(seen.notes)) == ("", said)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("断.avi", avi()[:-100], Hindrance.UNREADABLE),
        ("断.avi", avi()[:120], Hindrance.UNREADABLE),
        ("断.mkv", matroska()[:-100], Hindrance.UNREADABLE),
        ("断.wmv", asf()[:-100], Hindrance.UNREADABLE),
        ("断.wmv", asf()[:80], Hindrance.UNREADABLE),
        ("空.avi", avi(0), Hindrance.EMPTY),
        ("空.wmv", asf(0), Hindrance.EMPTY),
        ("空.flv", flash()[:13], Hindrance.EMPTY),
        ("空.ogg", ogg(0), Hindrance.EMPTY),
    ],
)
def test_a_recording_that_is_cut_off_or_empty_is_said_to_be_so(name, content, fault):
    seen = one(name, content)

    assert seen.fault is fault
    assert ("没有传完" if fault is Hindrance.UNREADABLE else "时长是零") in seen.fault_words


def test_a_large_recording_is_told_from_where_it_lies():
    film = matroska(9000, EVENING)

    class Huge(io.BytesIO):
        read_so_far = 0

        def read(self, size: int | None = -1, /) -> bytes:
            content = super().read(size)
            Huge.read_so_far += len(content)
            return content

    seen = examined_outside("会.mkv", Huge(film), len(film))

    assert seen.made_on == date(2025, 6, 2)
    assert "长 2 小时 30 分" in seen.notes[0]
    assert Huge.read_so_far < 70_000  # the kind's head, and some kilobytes


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 500), st.binary(min_size=1, max_size=12))
def test_a_mutated_container_is_told_or_given_up_and_nothing_else(kind, at, other):
    content = WHOLE[kind][:at] + other + WHOLE[kind][at + len(other) :]

    try:
        said = recorded(io.BytesIO(content), len(content), kind)
    except Unseen as unseen:
        assert unseen.words
        return
    assert said.seconds is None or 0 <= said.seconds < 100 * 86_400
