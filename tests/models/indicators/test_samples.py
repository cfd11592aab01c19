"""Made-up systems of every manner, read and held against a truth that was written first."""

import json

import pytest

from models.indicators.reading import read_system
from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tasks.indicators.sheets_read import document_of_workbook
from tests.places import DOCUMENTS
from tests.support.drawn_tables import word_of, workbook_of

FOLDER = DOCUMENTS / "indicators"
TRUTHS = sorted(FOLDER.glob("*.json"))
# A drawn table is read from Word and from Excel; a text as it is, and as paragraphs of Word.
CASES = [(path.stem, kind) for path in TRUTHS for kind in ("one", "other")]


def read(stem, kind, folder):
    drawn, text = FOLDER / f"{stem}.table", FOLDER / f"{stem}.txt"
    if not drawn.exists():
        said = text.read_text(encoding="utf-8")
        lines = said if kind == "one" else said.replace("\n", "\r\n　　")
        return read_system(Document.from_text(lines, text.name))
    said = drawn.read_text(encoding="utf-8")
    if kind == "one":
        return read_system(read_document(word_of(said, folder / "表.docx")))
    document, joined = document_of_workbook(workbook_of(said, folder / "表.xlsx"))
    return read_system(document, joined)


def shown(one):
    demands = [
        [demand.text, [[t.op, t.value, t.unit] for t in demand.targets]] for demand in one.demands
    ]
    return [
        *(one.code, one.level, one.parent, one.text, one.score, one.methods, one.evidence),
        *(one.lead_units, one.responsible_units, demands),
    ]


@pytest.mark.parametrize(("stem", "kind"), CASES)
def test_a_sample_is_read_as_its_truth_says(stem, kind, tmp_path):
    truth = json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))
    reading = read(stem, kind, tmp_path)
    system = reading.system

    assert reading.is_system
    found = {one.code: shown(one) for one in system.indicators}
    for wanted in truth["indicators"]:
        assert found.pop(wanted[0], None) == wanted
    assert not found
    by_code = {one.code: one for one in system.indicators}
    for code, words in truth.get("scoring", {}).items():
        assert all(word in by_code[code].scoring for word in words)
    for code, floor in truth.get("floors", {}).items():
        assert by_code[code].floor == floor
    assert [system.counts[str(n)] for n in range(1, len(truth["counts"]) + 1)] == truth["counts"]
    reasons = [doubt.reason for doubt in system.doubts]
    for wanted in truth["doubts"]:
        assert any(wanted in reason for reason in reasons), (wanted, reasons)
    assert len(reasons) <= len(truth["doubts"]) + truth.get("more", 0), reasons
    said = "".join(mention.text for mention in system.mentions)
    for wanted in truth["mentions"]:
        assert wanted in said


@pytest.mark.parametrize(("stem", "kind"), CASES)
def test_every_line_and_cell_of_a_sample_became_something(stem, kind, tmp_path):
    for line in read(stem, kind, tmp_path).system.lines:
        assert line.became, line
