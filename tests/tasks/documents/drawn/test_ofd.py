"""An OFD is read by where its letters stand: lines from above, tables between rules."""

import pytest

from models.plan.reading.text.marks import PICTURE
from tasks.documents.faults import DocumentError
from tasks.documents.reading import read_document
from tasks.documents.scans import reading as scans
from tests.support.archives import zipped
from tests.support.ofd_files import annotation, ofd_file, page, placed

ROWS = (("序号", "任务", "责任单位"), ("1", "加强执法监督", "市司法局"))


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    wide, high = to_x - x, to_y - y
    data = f"<ofd:AbbreviatedData>M 0 0 L {wide} {high} </ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="3" Boundary="{x} {y} {max(wide, 0.35)} {max(high, 0.35)}" LineWidth="0.35">{data}</ofd:PathObject>'


def frame(x: float, y: float, wide: float, high: float) -> str:
    data = f"M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
    return f'<ofd:PathObject ID="4" Boundary="{x} {y} {wide} {high}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def read(tmp_path, content: bytes):
    path = tmp_path / "方案.doc"  # what it holds decides
    path.write_bytes(content)
    return read_document(path)


def test_lines_are_read_from_above_whatever_was_written_first(tmp_path):
    content = ofd_file(
        page(
            placed("一、总体要求", 30, 60),
            placed("某县法治", 40, 30, 6),
            placed("建设方案", 64, 30, 6),
        ),
        page(placed("二、重点任务", 30, 30)),
    )

    found = read(tmp_path, content).lines

    assert [(line.page, line.text) for line in found] == [
        (1, "某县法治建设方案"),
        (1, "一、总体要求"),
        (2, "二、重点任务"),
    ]


def test_what_stands_between_rules_is_a_row(tmp_path):
    words = [
        placed(cell, x, 52 + 12 * at)
        for at, row in enumerate(ROWS)
        for cell, x in zip(row, (32, 52, 112), strict=True)
    ]
    rules = [
        frame(30, 50, 150, 24),
        rule(30, 62, 180, 62),
        rule(50, 50, 50, 74),
        rule(110, 50, 110, 74),
    ]

    found = read(
        tmp_path, ofd_file(page(placed("某县法治建设方案任务分解", 30, 30), *rules, *words))
    )

    assert [line.cells for line in found.lines if line.cells] == list(ROWS)


def test_annotations_are_left_out_by_name(tmp_path):
    document = read(
        tmp_path,
        ofd_file(page(placed("某县法治建设实施方案内容", 30, 30)), notes=annotation("仅供内部")),
    )

    assert [(each.why, each.words) for each in document.not_read] == [("批注", "仅供内部")]


def test_a_page_that_is_a_picture_is_named_and_a_file_of_pictures_is_a_scan(tmp_path, monkeypatch):
    monkeypatch.setattr(scans, "can_read_scans", lambda: False)
    image = '<ofd:ImageObject ID="8" Boundary="0 0 210 297" ResourceID="50"/>'
    listed = b'<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="50" Type="Image"><MediaFile>a.png</MediaFile></MultiMedia></MultiMedias></Res>'

    def with_picture(*pages: str) -> bytes:
        import zipfile
        from io import BytesIO

        with zipfile.ZipFile(BytesIO(ofd_file(*pages))) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
        return zipped(*parts, ("Doc_0/DocumentRes.xml", listed), ("Doc_0/Res/a.png", b"\x89PNG"))

    document = read(
        tmp_path, with_picture(page(placed("某县法治建设实施方案内容", 30, 30)), page(image))
    )

    assert [(each.why, each.page) for each in document.not_read] == [(PICTURE, 2)]
    with pytest.raises(DocumentError, match="本机没有安装文字识别"):
        read(tmp_path, with_picture(page(image)))


@pytest.mark.parametrize("content", [b"", b"<x", b"<OFD/>", b"<html/>"])
def test_a_broken_file_is_refused_in_one_line(tmp_path, content):
    with pytest.raises(DocumentError, match="“方案.doc”已损坏") as caught:
        read(tmp_path, zipped(("OFD.xml", content)))

    assert "\n" not in str(caught.value)
