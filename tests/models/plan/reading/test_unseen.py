"""Documents that no rule was written for: how they are read, and what their first scores say."""

import re

from tests.places import ROOT, UNSEEN
from tests.tools import score
from tests.tools.silent import documents_in, measure

ROUND = re.compile(r"^\| (\d+) \| (\d+) \| \d+ \| (\d+) \| ([\d.]+) \| [\d.]+ \| ([\d.]+) \|", re.M)


def test_documents_that_no_rule_was_written_for_are_read_and_nothing_is_lost_in_silence():
    measured = measure(documents_in([UNSEEN]))

    _, recall, f1 = score.prf(measured.total)
    assert f1 >= 0.95
    assert recall >= 0.95
    assert measured.silent <= 0.01 * measured.facts
    assert measured.mistaken == 0
    assert measured.asked * 400 <= measured.letters


def test_every_round_stands_in_the_scores_with_its_documents():
    scores = (UNSEEN / "SCORES.md").read_text(encoding="utf-8")
    told = {int(number): int(documents) for number, documents, *_ in ROUND.findall(scores)}

    for folder in sorted(UNSEEN.glob("round-*")):
        assert told[int(folder.name.removeprefix("round-"))] == len(documents_in([folder]))


def test_the_face_of_the_product_quotes_the_first_score_of_the_last_round():
    *_, (number, documents, facts, f1, recall) = ROUND.findall(
        (UNSEEN / "SCORES.md").read_text(encoding="utf-8")
    )
    said = (
        f"第 {number} 批，{documents} 份，{facts} 条）F1 {float(f1):.3f}，召回 {float(recall):.3f}"
    )

    assert said in (ROOT / "README.md").read_text(encoding="utf-8")
