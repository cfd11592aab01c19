"""The package for the application system: whole, named, checkable, the same from the same."""

import hashlib
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from models.audit.chain import entries
from models.campaign.campaign import looking_at
from models.database import engine_for, open_session
from models.errors import NotFoundError, PlanError
from models.evidence.evidence import EvidenceCopy
from models.evidence.packages.packaging import last_package
from models.evidence.vault.keeping import keep, place_of
from models.settings import moment_of, settings
from tasks.packages.limits import NewLimit, kind_named, limit_rows, set_limit
from tasks.packages.making import make_package, package_in_words
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece, revised
from tests.support.registers import fill_up

MOMENT = moment_of(NOW)
LATER = moment_of(datetime(2025, 9, 1, 3, 0, tzinfo=UTC))


@pytest.fixture
def filled(campaign, campaign_id):
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开行政执法事项清单", demands=2)
        indicator(session, campaign_id, "1.1.2", "培训：行政执法人员/每年")
        piece(session, campaign_id, "清单", ("1.1.1", 1), title="执法事项清单")
        both = ("1.1.1", 1), ("1.1.2", 1)
        piece(session, campaign_id, "签到", *both, title="=签到表", caption="=1+1")
        piece(session, campaign_id, "未核", ("1.1.1", 2), title="公告", state="submitted")
    return campaign


def names(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


@ON_BOTH
def test_every_accepted_piece_lies_in_the_folder_of_each_indicator_it_proves(filled, tmp_path):
    made = make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    assert names(made.out) == [
        "1.1.1 公开行政执法事项清单/E0001 执法事项清单.txt",
        "1.1.1 公开行政执法事项清单/E0002 =签到表.txt",
        "1.1.2 培训：行政执法人员_每年/E0002 =签到表.txt",
        "目录.xlsx",
        "目录.csv",
        "核对说明.txt",
        "SHA256SUMS.txt",
    ]
    assert (made.files, made.problems, made.aside) == (3, 1, 0)
    assert "3 份材料；缺项和问题 1 处" in package_in_words(made)


def test_the_list_of_hashes_is_one_that_the_usual_program_checks(filled, tmp_path):
    out = make_package(filled, tmp_path / "包", "创建办", MOMENT).out

    ran = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS.txt"], cwd=out, capture_output=True, check=True
    )
    assert len(ran.stdout.splitlines()) == 6
    sums = (out / "SHA256SUMS.txt").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == last_hash(filled)


def last_hash(campaign):
    with looking_at(campaign) as (session, row):
        package = last_package(session, row.id)
        assert package is not None
        return package.sha256


def test_the_same_evidence_gives_the_same_bytes_at_any_hour(filled, tmp_path):
    one = make_package(filled, tmp_path / "一.zip", "创建办", MOMENT)
    two = make_package(filled, tmp_path / "二.zip", "创建办", LATER)

    assert one.out.read_bytes() == two.out.read_bytes()
    assert one.sha256 == two.sha256


def test_a_demand_that_nothing_accepted_proves_is_named_with_what_is_there_instead(
    filled, tmp_path
):
    out = make_package(filled, tmp_path / "包", "创建办", MOMENT).out

    book = sheet(out / "目录.xlsx", "缺项和问题")
    assert (
        "1.1.1",
        "公开行政执法事项清单之2",
        "没有通过核查的材料（有 1 份已报未核）",
        None,
    ) in book


def sheet(path, name):
    return list(load_workbook(path)[name].iter_rows(min_row=4, values_only=True))


def test_what_a_spreadsheet_would_reckon_with_is_text_in_every_index(filled, tmp_path):
    out = make_package(filled, tmp_path / "包", "创建办", MOMENT).out

    assert ",'=签到表," in (out / "目录.csv").read_text("utf-8-sig")
    titles = [row[4] for row in sheet(out / "目录.xlsx", "材料")]
    assert "=签到表" in titles


def test_a_file_that_is_gone_and_one_that_was_changed_stop_it_together(filled, tmp_path):
    gone, changed = (hashlib.sha256(text.encode()).hexdigest() for text in ("清单", "签到"))
    place_of(gone).unlink()
    place_of(changed).chmod(0o600)
    place_of(changed).write_bytes(b"other")

    with pytest.raises(PlanError) as error:
        make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    assert "E0001（第 1 版）的文件不见了" in str(error.value)
    assert "E0002（第 1 版）的文件与登记的指纹不符" in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_the_newest_accepted_revision_goes_in_and_a_later_one_is_said(
    filled, campaign_id, tmp_path
):
    with open_session() as session:
        two = piece(session, campaign_id, "甲", ("1.1.2", 1), title="制度")
        revised(session, two, "乙".encode(), 2)
        revised(session, two, "丙".encode(), 3, state="submitted")

    out = make_package(filled, tmp_path / "包", "创建办", MOMENT, code="1.1.2").out

    [path] = out.glob("1.1.2*/E0004*")
    assert path.name == "E0004 制度（第2版）.txt"
    assert path.read_text() == "乙"
    assert any(
        "后面还有新的版本，没有通过核查" in str(row)
        for row in sheet(out / "目录.xlsx", "缺项和问题")
    )


def test_what_the_system_does_not_take_lies_aside_and_is_named(filled, tmp_path):
    set_limit(filled, NewLimit(kind_named("文件"), ".pdf、DOCX"), "创建办", MOMENT)

    made = make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    assert [name for name in names(made.out) if name.startswith("需处理/1.1.1")]
    assert made.aside == 3
    assert "超出申报系统的限制" in package_in_words(made)


def test_a_limit_is_set_once_and_shown_in_words(campaign):
    new = NewLimit(kind_named("图片"), ".jpg .png", 5, 10, 2000)

    assert set_limit(campaign, new, "创建办", MOMENT)
    assert not set_limit(campaign, new, "创建办", MOMENT)
    assert ("图片", ".jpg .png", "5 MB", "10", "2000 像素", "创建办 2025-07-01") in limit_rows(
        campaign
    )
    with pytest.raises(PlanError, match="不是后缀名"):
        set_limit(campaign, NewLimit(kind_named("文件"), "文 档"), "创建办", MOMENT)
    with pytest.raises(NotFoundError, match="只有 文件、图片、音像、网址"):
        kind_named("录音带")


def test_what_will_be_public_goes_in_as_its_masked_copy(filled, campaign_id, tmp_path):
    kept = keep(b"138****0000")
    made = {"purpose": "masked", "sha256": kept.sha256, "size": kept.size, "made_at": NOW}
    with open_session() as session:
        row = piece(session, campaign_id, "名单", ("1.1.2", 1), title="名单", to_publish=True)
        session.add(EvidenceCopy(revision_id=row.id, **made))

    out = make_package(filled, tmp_path / "包", "创建办", MOMENT).out

    [path] = out.glob("1.1.2*/E0004*")
    assert path.read_text() == "138****0000"


@pytest.mark.parametrize(
    ("name", "words"), [("在.zip", "已经存在"), ("没有/包.zip", "没有 .* 这个文件夹")]
)
def test_a_place_that_cannot_be_is_said_before_anything_is_written(filled, tmp_path, name, words):
    (tmp_path / "在.zip").touch()
    with pytest.raises((PlanError, NotFoundError), match=words):
        make_package(filled, tmp_path / name, "创建办", MOMENT)


STOPPED = """
import os, signal, sys
from pathlib import Path
from models.settings import moment_of
from datetime import datetime, UTC
from tasks.packages import sinks
from tasks.packages.making import make_package

def stopped(sink, name, pieces, at, add=sinks.{sink}.add, seen=[]):
    seen.append(name)
    if len(seen) == {at}:
        os.kill(os.getpid(), signal.{signal})
    add(sink, name, pieces, at)

signal.signal(signal.SIGINT, signal.default_int_handler)  # started in the background it is ignored
sinks.{sink}.add = stopped
make_package(None, Path(sys.argv[1]), "创建办", moment_of(datetime(2025, 7, 1, tzinfo=UTC)))
"""


def stopped_at(at, out, signal="SIGKILL", sink="FolderSink"):
    code = STOPPED.format(at=at, signal=signal, sink=sink)
    subprocess.run([sys.executable, "-c", code, str(out)], capture_output=True, check=False)
    assert not out.exists()


def everything_in(folder):
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGINT"])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 7])
def test_a_folder_that_was_stopped_goes_on_and_becomes_the_same(filled, tmp_path, at, signal):
    whole = make_package(filled, tmp_path / "全", "创建办", MOMENT)
    stopped_at(at, tmp_path / "包", signal)
    [draft] = tmp_path.glob(".*")
    (draft / "以前的").mkdir()
    (draft / "以前的" / "多余.txt").write_text("不是这一包的")
    kept = {path.stat().st_ino for path in draft.glob("1.*/*")}

    made = make_package(filled, tmp_path / "包", "创建办", MOMENT)

    assert everything_in(made.out) == everything_in(whole.out)
    assert not (made.out / "以前的").exists()
    assert made.sha256 == whole.sha256
    assert kept <= {path.stat().st_ino for path in made.out.glob("1.*/*")}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["全", "包"]


def test_what_was_left_half_written_or_changed_is_written_again(filled, tmp_path):
    whole = make_package(filled, tmp_path / "全", "创建办", MOMENT)
    stopped_at(4, tmp_path / "包")
    [draft] = tmp_path.glob(".*")
    half, changed, _ = sorted(draft.glob("1.*/*"))
    half.write_bytes(b"")
    day = changed.stat().st_mtime_ns
    changed.write_bytes(b"x" * changed.stat().st_size)
    os.utime(changed, ns=(day, day))

    made = make_package(filled, tmp_path / "包", "创建办", MOMENT)

    assert everything_in(made.out) == everything_in(whole.out)


def test_a_zip_that_was_killed_begins_anew_and_leaves_nothing_behind(filled, tmp_path):
    whole = make_package(filled, tmp_path / "全.zip", "创建办", MOMENT)
    stopped_at(3, tmp_path / "包.zip", sink="ZipSink")
    assert len(list(tmp_path.iterdir())) == 2

    made = make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    assert made.out.read_bytes() == whole.out.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["全.zip", "包.zip"]


MOBILE, IDENTITY = "13812345678", "11010519491231002X"


@ON_BOTH
def test_no_name_in_a_package_shows_a_personal_number_and_the_index_says_how_it_maps(
    filled, campaign_id, tmp_path
):
    with open_session() as session:
        words = {"caption": f"联系 {MOBILE}", "passage": f"证号 {IDENTITY}"}
        title = f"{'长' * 34}{IDENTITY} {MOBILE} 签到"
        piece(session, campaign_id, "名册", ("1.1.2", 1), title=title, to_publish=True, **words)
        piece(session, campaign_id, "甲", ("1.1.2", 1), title="公告", caption=MOBILE)

    out = make_package(filled, tmp_path / "包", "创建办", MOMENT).out

    told = "".join(str(path.relative_to(out)) for path in out.rglob("*"))
    told += (out / "目录.csv").read_text("utf-8-sig")
    told += str([row for name in ("材料", "缺项和问题") for row in sheet(out / "目录.xlsx", name)])
    assert MOBILE not in told and IDENTITY not in told and IDENTITY[:15] not in told
    [path] = out.glob("1.1.2*/E0004*")
    assert path.name.startswith(f"E0004 {'长' * 34}11×××")  # masked before it was cut
    notes = {row[2]: row[15] for row in sheet(out / "目录.xlsx", "材料")}
    assert notes["E0004"] == (
        "材料名称、说明、证明段落和文件名里的个人号码已遮盖；"
        "原文按材料编号对应，见 shifan evidence show E0004"
    )
    assert notes["E0005"].startswith("说明里的个人号码已遮盖")
    assert notes["E0001"] is None


@ON_BOTH
@pytest.mark.parametrize("name", ["包.zip", "包"])
def test_where_the_register_is_full_no_package_stays(filled, tmp_path, name):
    with open_session() as session:
        fill_up(session.connection())

    with pytest.raises(DBAPIError, match="no more"):
        make_package(filled, tmp_path / name, "创建办", MOMENT)

    assert not list(tmp_path.iterdir())
    assert registered(filled) is None


def registered(campaign):
    with looking_at(campaign) as (session, row):
        return last_package(session, row.id)


def test_killed_before_it_has_its_name_the_next_run_makes_it(filled, tmp_path):
    whole = make_package(filled, tmp_path / "全.zip", "创建办", MOMENT)
    stopped_at(7, tmp_path / "包.zip", sink="ZipSink")

    made = make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    assert made.out.read_bytes() == whole.out.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["全.zip", "包.zip"]


def test_without_indicators_it_is_said_what_to_do(campaign, tmp_path):
    with pytest.raises(NotFoundError, match="还没有装入指标表"):
        make_package(campaign, tmp_path / "包.zip", "创建办", MOMENT)
    assert not list(tmp_path.iterdir())


def test_a_package_is_an_entry_of_the_audit(filled, tmp_path):
    make_package(filled, tmp_path / "包.zip", "创建办", MOMENT)

    with open_session(read_only=True) as session:
        found = [e.who for e in entries(session) if e.what == "package-made"]
    assert found == ["创建办"]


def test_its_statements_do_not_grow_with_what_is_in_it(filled, campaign_id, tmp_path):
    few = counted(lambda: make_package(filled, tmp_path / "一.zip", "创建办", MOMENT))
    with open_session() as session:
        for n in range(30):
            piece(session, campaign_id, f"第{n}份", ("1.1.2", 1), title=f"第{n}份")
    many = counted(lambda: make_package(filled, tmp_path / "二.zip", "创建办", MOMENT))

    assert few == many


def counted(act):
    seen = []
    engine = engine_for(settings().database)

    def note(*said):
        seen.append(said[2])

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
