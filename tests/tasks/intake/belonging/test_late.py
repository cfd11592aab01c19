"""Evidence that comes after its ledger finds the row that names it; whose it is is known, guessed or asked."""

# ruff: noqa: F811 - fixtures are named as what they bring

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import Session

from models.rules.evidence.words import Reception, Via
from models.settings import moment_of
from tasks.evidence.handing_in import hand_in
from tasks.intake.arrived import Arrived
from tasks.intake.belonging import late as late_room
from tasks.intake.listing import intake_list
from tasks.intake.receiving import receive
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.tasks.intake.test_importing import (  # noqa: F401 - a fixture
    MOMENT,
    UNITS,
    by_mail,
    filled,
    pieces,
    sent,
)

A_DAY_LATER = moment_of(NOW + timedelta(days=1), TODAY + timedelta(days=1))
SECOND = "sfj-2@example.gov.cn"


def in_folder(path, name, batch=""):
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return Arrived(name, content, "", Via.FOLDER, NOW, f"folder:{digest}", batch or name)


@pytest.fixture
def came(campaign, sent, tmp_path):
    """A unit's ledger and the file it names, as they will come."""
    return filled(sent, UNITS[0], tmp_path / "来")


@pytest.fixture
def other(campaign, sent, tmp_path):
    """Another unit's, whose file has the same name."""
    return filled(sent, UNITS[1], tmp_path / "他")


def reach(tmp_path, monkeypatch, **units: str) -> None:
    """Let channels reach addresses of units."""
    entries = "".join(
        f'  - "mailtos://a:b@example.gov.cn?to={to}":\n      - tag: "{unit}-联络员"\n'
        for unit, to in units.items()
    )
    file = tmp_path / "channels.yaml"
    file.write_text(f"urls:\n{entries}", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))


def share(tmp_path, monkeypatch, address: str, *units: str) -> None:
    """Let one channel be that of several units."""
    tags = "".join(f'          - "{unit}-联络员"\n' for unit in units)
    file = tmp_path / "channels.yaml"
    entry = f'  - "mailtos://a:b@example.gov.cn?to={address}":\n      - tag:\n{tags}'
    file.write_text(f"urls:\n{entry}", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))


@ON_BOTH
def test_a_file_that_comes_a_day_after_its_ledger_is_attached_to_the_row_once(campaign_id, came):
    ledger, file = came

    [first] = receive(None, [by_mail(ledger, "1")], MOMENT)
    [late] = receive(None, [by_mail(file, "2")], A_DAY_LATER)
    [again] = receive(None, [by_mail(file, "2")], A_DAY_LATER)

    assert first.reception is Reception.PARTLY
    assert "只补报这个文件" in "".join(first.lines)
    assert late.reception is Reception.TAKEN
    line = "已按市司法局 07-01 交来的台账第 1 版表“证明材料”第 4 行收为证明材料 E0001，台账不用再报"
    assert late.lines[0] == again.lines[1] == line
    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    found = intake_list(None, MOMENT)
    assert found.waiting == 0
    assert [row[3] for row in found.rows] == [UNITS[0], UNITS[0]]


def test_the_file_of_another_unit_with_the_same_name_is_not_attached(
    campaign_id, came, other, tmp_path, monkeypatch
):
    reach(tmp_path, monkeypatch, **{UNITS[1]: "czj@example.gov.cn"})

    receive(None, [by_mail(came[0], "1")], MOMENT)
    [late] = receive(None, [by_mail(other[1], "2", "czj@example.gov.cn")], A_DAY_LATER)

    assert pieces(campaign_id) == {}
    assert intake_list(None, MOMENT).waiting == 1
    assert late.unit == UNITS[1]


@ON_BOTH
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["ledger first", "file first"])
def test_a_second_mailbox_that_the_channels_know_is_its_unit_s(
    campaign_id, came, tmp_path, monkeypatch, order
):
    reach(tmp_path, monkeypatch, **{UNITS[0]: SECOND})
    files = [by_mail(came[0], "1"), by_mail(came[1], "2", SECOND)]

    results = [receive(None, [files[n]], MOMENT)[0] for n in order]

    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    assert not any(one.unsure for one in results)


def test_a_second_mailbox_that_sent_a_ledger_before_is_believed_and_the_guess_is_said(
    campaign_id,
    came,
    tmp_path,
    sent,
):
    earlier, _ = filled(sent, UNITS[0], tmp_path / "以前", file="别的.txt")
    elsewhere = tmp_path / "无关.txt"
    elsewhere.write_text("无关", encoding="utf-8")

    receive(None, [by_mail(earlier, "1", SECOND)], MOMENT)
    receive(None, [by_mail(came[0], "2")], MOMENT)
    [waits] = receive(None, [by_mail(elsewhere, "3", SECOND)], MOMENT)
    [late] = receive(None, [by_mail(came[1], "4", SECOND)], A_DAY_LATER)

    assert waits.unsure
    assert "因为它交过市司法局的台账，认作市司法局的；如果不是，请告知创建办" in waits.lines[1]
    assert late.lines[0].startswith("已按市司法局")
    assert late.unsure
    assert "认作市司法局的" in late.lines[1]


@ON_BOTH
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["ledger first", "file first"])
def test_an_address_that_two_liaisons_share_is_asked_about_though_one_handed_in_nothing(
    campaign_id, came, tmp_path, monkeypatch, order
):
    share(tmp_path, monkeypatch, SECOND, *UNITS)
    files = [by_mail(came[0], "1", SECOND), by_mail(came[1], "2", SECOND)]

    ledger, file = sorted(
        (receive(None, [files[n]], MOMENT)[0] for n in order), key=lambda one: one.version is None
    )

    assert pieces(campaign_id) == {}
    assert ledger.reception is Reception.PARTLY
    assert "这个发件地址是市司法局、市财政局共用的" in file.lines[1]
    assert file.unsure

    together = [replace(one, batch="一封") for one in files]
    receive(None, [replace(one, key=f"{one.key}-又") for one in together], A_DAY_LATER)
    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]


def test_an_address_that_two_units_use_is_asked_once(campaign_id, came, other):
    receive(None, [by_mail(came[0], "1", SECOND), by_mail(other[0], "2", SECOND)], MOMENT)
    file = by_mail(came[1], "3", SECOND)

    [late] = receive(None, [file], A_DAY_LATER)
    [again] = receive(None, [file], A_DAY_LATER)

    assert pieces(campaign_id) == {}
    assert "这个发件地址是市司法局、市财政局共用的" in late.lines[1]
    assert (late.unsure, again.unsure) == (True, False)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("市司法局/通知.txt", "按文件夹名认作市司法局的"),
        ("七月/市司法局/附件/通知.txt", "按文件夹名认作市司法局的"),
    ],
)
def test_a_folder_named_for_a_unit_says_whose_its_files_are(campaign_id, came, name, said):
    ledger, file = came
    receive(None, [in_folder(ledger, ledger.name)], MOMENT)

    [late] = receive(None, [in_folder(file, name)], A_DAY_LATER)

    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    assert said in late.lines[1]


def test_a_file_name_that_names_one_unit_is_a_guess_that_is_said(
    campaign_id,
    sent,
    tmp_path,
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来", file="市司法局培训通知.txt")
    receive(None, [in_folder(ledger, ledger.name)], MOMENT)

    [late] = receive(None, [in_folder(file, file.name)], A_DAY_LATER)

    assert len(pieces(campaign_id)) == 1
    assert late.unsure
    assert "按文件名认作市司法局的" in late.lines[1]


def test_a_file_that_nobody_can_be_told_of_is_asked_and_taken_from_a_named_folder(
    campaign_id, came, other
):
    for ledger, _ in (came, other):
        receive(None, [in_folder(ledger, ledger.name)], MOMENT)

    [asked] = receive(None, [in_folder(came[1], "通知.txt")], A_DAY_LATER)
    before = pieces(campaign_id)
    [put_again] = receive(None, [in_folder(came[1], "市司法局/通知.txt")], A_DAY_LATER)

    assert before == {}
    assert asked.unsure
    assert asked.lines[1] == (
        "市司法局、市财政局的台账在等这个文件名，不知道是哪个单位的，没有挂上；"
        "请放进以单位名称命名的文件夹再放一次，或与台账放在一起"
    )
    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    assert any("收为证明材料 E0001" in line for line in put_again.lines)


def test_two_late_files_of_one_name_are_asked_about(campaign_id, came, tmp_path):
    receive(None, [by_mail(came[0], "1")], MOMENT)
    second = tmp_path / "另一份" / came[1].name
    second.parent.mkdir()
    second.write_text("另外的话", encoding="utf-8")

    results = receive(None, [by_mail(came[1], "2"), by_mail(second, "3")], A_DAY_LATER)

    assert pieces(campaign_id) == {}
    assert all("收到 2 个内容不同的同名文件" in one.lines[0] and one.unsure for one in results)


def test_a_row_that_was_met_by_another_file_meanwhile_is_left_alone(
    campaign_id,
    came,
    sent,
    tmp_path,
):
    receive(None, [by_mail(came[0], "1")], MOMENT)
    ledger, better = filled(sent, UNITS[0], tmp_path / "改", file="盖章的.txt", text="盖章的一份")
    receive(None, [by_mail(ledger, "2"), replace_batch(by_mail(better, "3"), "mail:2")], MOMENT)

    [late] = receive(None, [by_mail(came[1], "4")], A_DAY_LATER)

    assert list(pieces(campaign_id).values()) == [hashlib.sha256(better.read_bytes()).hexdigest()]
    assert "台账" in late.lines[0]


def replace_batch(file: Arrived, batch: str) -> Arrived:
    return Arrived(file.name, file.content, file.sender, file.via, NOW, file.key, batch)


@ON_BOTH
def test_a_ledger_and_its_file_that_come_at_once_by_two_ways_find_each_other(campaign_id, came):
    together = Barrier(2)

    def run(file: Arrived) -> None:
        together.wait()
        receive(None, [file], MOMENT)

    runs = [Thread(target=run, args=(by_mail(path, str(n)),)) for n, path in enumerate(came)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()

    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    assert intake_list(None, MOMENT).waiting == 0


class _KilledError(BaseException):
    """A kill between two steps."""


def _killed(*_: object, **__: object) -> None:
    raise _KilledError


def _after(real: Callable[..., object]) -> Callable[..., object]:
    def killed(*given: object, **more: object) -> None:
        real(*given, **more)
        raise _KilledError

    return killed


@ON_BOTH
@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("tasks.intake.receiving.attach_late", _killed),
        ("tasks.intake.belonging.late.take_late", _killed),
        ("tasks.intake.belonging.late.take_late", _after(late_room.take_late)),
        ("tasks.ledgers.handing.hand_in", _after(hand_in)),
        ("tasks.intake.belonging.late.note_attached", _killed),
    ],
)
def test_killed_anywhere_the_next_call_attaches_it_once(
    campaign_id, came, tmp_path, monkeypatch, where, what
):
    receive(None, [by_mail(came[0], "1")], MOMENT)
    with monkeypatch.context() as patch:
        patch.setattr(where, what)
        with pytest.raises(_KilledError):
            receive(None, [by_mail(came[1], "2")], MOMENT)
    elsewhere = tmp_path / "无关.txt"
    elsewhere.write_text("无关", encoding="utf-8")

    receive(None, [by_mail(elsewhere, "3", "x@example.gov.cn")], MOMENT)

    assert list(pieces(campaign_id)) == [(UNITS[0], "市司法局的通知")]
    found = intake_list(None, MOMENT)
    assert found.waiting == 1  # what came last
    assert [row[6] for row in found.rows] == ["部分收下", "已收", "等台账写明"]


def test_the_statements_do_not_grow_with_what_came_late(
    campaign_id,
    sent,
    tmp_path,
    monkeypatch,
):
    counts = []
    for unit, number in zip(UNITS, (1, 30), strict=True):
        ledger, file = filled(sent, unit, tmp_path / unit)
        more = []
        for n in range(number):
            path = tmp_path / unit / f"别的{n}.txt"
            path.write_text(f"{unit}{n}", encoding="utf-8")
            more.append(by_mail(path, f"{unit}{n}", f"{unit}@example.gov.cn"))
        receive(None, [by_mail(ledger, unit, f"{unit}@example.gov.cn")], MOMENT)
        seen = []
        real = Session.connection

        def counted(self: Session, *given: object, **known: object) -> object:
            seen.append(1)  # noqa: B023
            return real(self, *given, **known)  # type: ignore[arg-type]  # noqa: B023

        with monkeypatch.context() as patch:
            patch.setattr(Session, "connection", counted)
            named = by_mail(file, f"{unit}f", f"{unit}@example.gov.cn")
            receive(None, [named, *more], A_DAY_LATER)
        counts.append(len(seen))

    assert len(pieces(campaign_id)) == 2
    assert counts[0] == counts[1]
