"""A packed file is judged by its list of members, before any of them is unpacked."""

import io
import zipfile

import pytest

from tasks.guarded import archives
from tasks.guarded.archives import members_fault


def fault_of(*members: str, content: bytes = b"x") -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(packed) as archive:
        return members_fault(archive)


def test_an_ordinary_file_has_no_fault():
    assert fault_of("word/document.xml", "[Content_Types].xml", "word/media/图.png") == ""


def test_members_are_counted(monkeypatch):
    monkeypatch.setattr(archives, "MEMBERS", 2)

    assert fault_of("a", "b") == ""
    assert "里面有 3 个部分" in fault_of("a", "b", "c")


def test_what_they_claim_to_unpack_to_is_added_up(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED", 30)

    assert fault_of("a", "b", "c", content=bytes(10)) == ""
    assert "解开后过大" in fault_of("a", "b", "c", content=bytes(11))


def test_a_member_that_swells_too_much_is_refused_however_small_the_whole(monkeypatch):
    monkeypatch.setattr(archives, "SMALL", 1000)
    monkeypatch.setattr(archives, "RATIO", 10)

    assert fault_of("a", content=bytes(1000)) == ""
    assert "解开后过大" in fault_of("a", content=bytes(1001))
    assert fault_of("a", content=bytes(range(256)) * 8) == ""


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("word/media/图.png", False),
        ("xl/media/image1.EMF", False),
        ("word/embeddings/a.bin", False),
        ("Pictures/a.png", False),
        ("word/media/a.xml", True),  # who calls it XML may have it read
        ("word/media", True),
        ("word/document.xml", True),
    ],
)
def test_a_picture_may_swell_for_nobody_unpacks_it(monkeypatch, name, counts):
    monkeypatch.setattr(archives, "SMALL", 1000)
    monkeypatch.setattr(archives, "RATIO", 10)
    monkeypatch.setattr(archives, "UNPACKED", 3000)

    assert ("解开后过大" in fault_of(name, content=bytes(1001))) is counts
    assert ("解开后过大" in fault_of(name, content=bytes(3001))) is counts


@pytest.mark.parametrize("name", ["/a", "../a", "a/../../b", "c:/a", "\\a", "a\\..\\b", "长" * 256])
def test_odd_paths_are_refused(name):
    assert "不正常的路径" in fault_of(name)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    assert "两个同名" in fault_of("a", "a")
