"""What a paper should not say by the rules of relief, and what only sounds like it."""

import pytest

from models.papers.relief import relief_line
from models.rules.figures.words import PaperKind


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("请各单位于月底前将落实情况报送创建办。", "要求另行报送落实情况"),
        ("每周上报一次工作情况。", "要求另行报送落实情况"),
        ("各单位要尽快出台配套文件。", "要求制定配套文件"),
        ("各县区要制定本地实施细则。", "要求制定配套文件"),
        ("现将各单位排名情况通报如下。", "给单位排名"),
        ("某局位居末位。", "给单位排名"),
        ("以转载条数为依据。", "以开会、发文、照片、报道为依据"),
        ("完成后请附照片。", "以开会、发文、照片、报道为依据"),
        ("请抓紧办理。下月起开展排名。不再另行通知。", "给单位排名"),
    ],
)
def test_what_a_paper_should_not_say_is_quoted(line, what):
    assert f"像是{what}；请核对后再签发" in relief_line(PaperKind.BULLETIN, [line])


@pytest.mark.parametrize(
    "line",
    [
        "进展在台账里登记即可，不必另写报告，也不必附照片。",
        "单位按方案的次序列出，不排名。",
        "不要求另行报送落实情况。",
        "严禁以开会次数、发文数量考核。",
        "请抓紧办理，在2025年8月7日前完成，或说明原因和预计完成的日期。",
        "下列事项已过时限，按方案中的单位次序列出，请抓紧办理：",
    ],
)
def test_what_says_that_it_is_not_asked_agrees(line):
    assert "查了正文 1 段，没有要求另行" in relief_line(PaperKind.BULLETIN, [line])


def test_a_report_goes_up_and_asks_nothing_of_anybody():
    assert "没有要求" not in relief_line(PaperKind.REPORT, ["已报送落实情况。"])
    assert "像是给单位排名" in relief_line(PaperKind.REPORT, ["位居全省第三。"])


def test_many_places_are_counted_and_a_long_sentence_is_cut_around_its_place():
    line = relief_line(PaperKind.BULLETIN, [f"{'甲' * 60}排名{'乙' * 60}。"] * 5)

    assert line.count("像是") == 3 and "等 5 处" in line
    assert "“…甲甲" in line and "排名" in line and len(line) < 250
