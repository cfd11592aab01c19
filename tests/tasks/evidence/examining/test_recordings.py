"""Recordings tell their length and their day; what is empty, cut off or not listened to is said."""

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
from tests.support.evidence_files import word_file
from tests.support.recordings import box, film, movie, mp3, wave

AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
EVENING = datetime(
    2025, 6, 1, 16, 30, tzinfo=UTC
)  # half past midnight, the second of June in China
WHOLE = {"mp4": film(), "wav": wave(1), "amr": AMR * 50, "mp3": mp3()}


def one(name: str, content: bytes):
    [seen] = examine([(name, content)], read_scans=False)
    return seen


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (film(movie(90.5)), 90.5),
        (film(movie(90.5), first=True), 90.5),
        (film(movie(12_600, wide=True)), 12_600),  # three and a half hours
        (wave(2.5), 2.5),
        (b"#!AMR\n" + (b"\x3c" + bytes(31)) * 500, 10),
        (mp3(frames=100), 100 * 417 * 8 / 128_000),
        (mp3(counted=11_484), 300),
        (mp3(counted=11_484, tag=300), 300),
    ],
)
def test_a_recording_tells_its_length(content, seconds):
    said = recorded(io.BytesIO(content), len(content), media_of(content))

    assert said.seconds == pytest.approx(seconds, rel=0.001)


@pytest.mark.parametrize(
    ("name", "content", "fault", "words"),
    [
        ("没传完.mp4", film()[:-20], Hindrance.UNREADABLE, "没有传完"),
        ("没有索引.mp4", film(b""), Hindrance.UNREADABLE, "没有传完"),
        ("只有头.mov", b"\0\0\0\x14ftypqt  " + bytes(90), Hindrance.UNREADABLE, "没有传完"),
        ("数据不全.mp4", film(first=True)[:-20], Hindrance.UNREADABLE, "没有传完"),
        ("零.mp4", film(movie(0)), Hindrance.EMPTY, "时长是零"),
        ("零.wav", wave(0), Hindrance.EMPTY, "时长是零"),
        ("零.amr", b"#!AMR\n", Hindrance.EMPTY, "时长是零"),
        ("零.mp3", mp3(frames=0, tag=40), Hindrance.EMPTY, "时长是零"),
        ("短.wav", wave(1)[:30], Hindrance.UNREADABLE, "没有传完"),
        ("图.emf", b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60), Hindrance.NOT_EXAMINED, "是.emf文件"),
        ("图.wmf", b"\xd7\xcd\xc6\x9a" + bytes(60), Hindrance.NOT_EXAMINED, "是.wmf文件"),
    ],
)  # fmt: skip
def test_what_is_empty_or_cut_off_is_said(name, content, fault, words):
    seen = one(name, content)

    assert (seen.fault, seen.suffix_fits) == (fault, True)
    assert words in seen.fault_words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("会.mp4", film(movie(7199)), []),
        ("会.mp4", film(movie(7200)), ["长 2 小时，画面和声音没有核查；请写明要看的时段"]),
        ("分段.mp4", film(movie(0, more=box(b"mvex"))), []),  # its pieces say how long each is
        ("录音.m4a", film(movie(65, track=b"soun")), ["是录音，长 1 分 5 秒，里面的话没有核查"]),
        ("录音.wav", wave(0.2), ["是录音，不到 1 秒，里面的话没有核查"]),
        ("录音.amr", AMR, ["是录音，不到 1 秒，里面的话没有核查"]),
        ("录音.mp3", mp3(counted=11_484), ["是录音，长 5 分，里面的话没有核查"]),
        ("录音.aac", b"\xff\xf1" + bytes(60), ["是录音，里面的话没有核查"]),
    ],
)
def test_sound_and_what_is_very_long_is_said_not_to_be_examined(name, content, said):
    seen = one(name, content)

    assert (seen.fault_words, list(seen.notes)) == ("", said)


@pytest.mark.parametrize(
    ("fact", "found"),
    [(date(2025, 6, 2), []), (date(2025, 5, 3), []), (date(2025, 5, 2), ["made-later"])],
)
def test_a_film_made_a_month_after_the_fact_is_marked(fact, found):
    seen = one("会.mp4", film(movie(made=EVENING)))

    assert seen.made_on == date(2025, 6, 2)
    assert [f.check for f in findings_of(seen, fact, (None, None), False)] == found


@pytest.mark.parametrize("made", [None, datetime(1970, 1, 1, tzinfo=UTC)])
def test_an_instant_that_is_a_clock_s_zero_is_none(made):
    assert one("会.mp4", film(movie(made=made))).made_on is None


def test_a_large_film_is_told_from_where_it_lies(tmp_path):
    path = tmp_path / "会.mp4"
    with path.open("wb") as file:
        file.write(film(movie(9000, EVENING), b"")[:24])
        data = 120_000_000
        file.write((8 + data).to_bytes(4, "big") + b"mdat")
        file.seek(data, 1)
        file.write(movie(9000, EVENING))

    with path.open("rb") as file:
        seen = examined_outside(path.name, file, path.stat().st_size)

    assert (seen.fault_words, seen.made_on) == ("", date(2025, 6, 2))
    assert "长 2 小时 30 分" in seen.notes[0]


def test_what_slides_and_papers_hold_that_is_not_looked_at_is_said(tmp_path):
    import zipfile

    path = tmp_path / "a.docx"
    path.write_bytes(word_file("正文文字"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/media/image1.emf", bytes(20_000))
        archive.writestr("word/media/image2.wmf", bytes(200))  # adorns
        archive.writestr("word/media/media1.mp4", film(data=bytes(20_000)))

    notes = one("a.docx", path.read_bytes()).notes

    assert list(notes) == ["里面有 1 张 .emf/.wmf 图片，没有核查", "里面有 1 段录音录像，没有核查"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_whatever_is_in_a_head_it_is_told_or_said_to_be_broken(media, at, odd):
    content = bytearray(WHOLE[media])
    content[at : at + len(odd)] = odd

    try:
        said = recorded(io.BytesIO(content), len(content), media)
    except Unseen as unseen:
        assert unseen.words
    else:
        assert all(said.notes)
        assert said.made is None or said.made.year <= 2101
