"""The reader against documents whose truth is known, scored as the conventions say."""

import json
from pathlib import Path

import pytest

from models.plan.compile import compile_plan
from models.plan.document import Document
from tests.documents import score

HERE = Path(__file__).parent / "documents"
SHARED = (
    Path(__file__).resolve().parents[2] / "shared" / "documents"
)  # real documents, not ours to copy
SAMPLES = sorted(HERE.glob("*.txt"))


def compiled(path: Path) -> dict:
    document = Document.from_text(path.read_text(encoding="utf-8"), path.name)
    return json.loads(compile_plan(document).model_dump_json())


def truth(path: Path) -> dict:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def scored(paths: list[Path]) -> list[dict]:
    return [score.score(truth(path), compiled(path)) for path in paths]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_document_is_read_as_its_truth_says(path):
    [result] = scored([path])

    assert result["diff"] == []
    assert all(result["meta"].values()), result["meta"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_the_real_documents_are_read_as_their_truth_says():
    paths = sorted(SHARED.glob("*.txt"))
    results = scored(paths)

    categories, micro = score.total(results)
    assert score.prf(micro)[2] >= 0.99
    assert min(score.prf(counts)[2] for counts in categories.values()) >= 0.97
    assert all(result["meta"]["is_plan"] and result["meta"]["kind"] for result in results)
