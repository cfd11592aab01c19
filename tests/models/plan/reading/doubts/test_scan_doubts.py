"""What a scan says in numbers and boxes, and what the machine was not sure of, is a doubt."""

from dataclasses import replace

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

TEXT = """某县法治建设实施方案
一、重点任务
1.加强执法监督。案卷评查合格率达到95%以上。坚持严格规范公正文明执法。（牵头单位：县司法局）
2.是否达标：□是 □否。（牵头单位：县财政局）
3.落实普法责任制。（牵头单位：县教育局）
"""


def scan(*scores: float) -> Document:
    document = Document.from_text(TEXT, "方案.pdf")
    lines = (
        replace(line, sure=score, page=1 + (line.number > 3))
        for line, score in zip(document.lines, scores, strict=True)
    )
    return replace(document, lines=tuple(lines))


def asked(document: Document) -> list[tuple[str, str]]:
    return [
        (each.reason, each.sentence) for each in read_plan(document).doubts if each.about == "scan"
    ]


def test_each_sentence_with_a_number_a_box_or_letters_not_sure_is_asked():
    found = asked(scan(0.99, 0.99, 0.99, 0.99, 0.7))

    assert found[0] == (
        "来自扫描件第 1 页：有数字，请对照原件核对",
        "1.加强执法监督。",
    )
    assert ("来自扫描件第 1 页：有数字，请对照原件核对", "案卷评查合格率达到95%以上。") in found
    assert any("有方框，是否打勾常认错" in reason for reason, _ in found)
    assert any("有认不准的字" in reason and "普法责任制" in said for reason, said in found)
    assert not any("严格规范公正" in said for _, said in found)


def test_the_pages_of_a_scan_are_named_once():
    doubts = read_plan(scan(0.99, 0.99, 0.99, 0.99, 0.99)).doubts

    [whole] = [each for each in doubts if each.about == "plan" and "扫描件" in each.reason]
    assert whole.reason.startswith("第1至2页是扫描件")


def test_a_written_document_has_none():
    assert not asked(Document.from_text(TEXT))
