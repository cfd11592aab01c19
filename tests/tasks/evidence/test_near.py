"""What is like another event's or unit's piece is marked with whose and how alike; a person decides once."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.database import engine_for, open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceMark, EvidenceRevision
from models.evidence.prints import alike
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.pictures import PICTURE_BYTES
from models.rules.evidence.passages import LEAST
from models.settings import settings
from tasks.evidence import handing_in
from tasks.evidence.deciding import judge_evidence, withdraw_pieces
from tasks.evidence.life_words import life_in_words
from tasks.evidence.looking_up import show_evidence
from tasks.evidence.shared_text import passages_of
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.evidence_files import slide_file
from tests.tools.evidence_scenes import cropped, hall, recompressed, saved
from tests.tools.evidence_words import inserted, report

SEEN = hall(5, 1)
FIRST, COPY = saved(SEEN), saved(recompressed(cropped(SEEN, Random(1)), Random(1)))
OTHER_DAY = saved(hall(5, 2))
LARGER, UNLIKE = (saved(hall(n, 1).resize((1600, 1200))) for n in (8, 9))
OFFICE = "创建办"


@pytest.fixture
def item(campaign, monkeypatch):
    """A work item, a unit that has a part in it, and one that has none; words in pictures are not read."""
    monkeypatch.setattr("tasks.evidence.examining.examine.can_read_scans", lambda: False)
    return first_item()


def photo(title, item, content, **more):
    more = {"caption": "6月30日，办公楼，执法人员，培训"} | more
    return piece(title, [item.code], content=content, file_name=f"{title}.jpg", **more)


def text(title, item, words, **more):
    return piece(title, [item.code], content=words.encode(), file_name=f"{title}.txt", **more)


def document(*pictures):
    """Return slides with pictures, in their order."""
    out = io.BytesIO(slide_file("现场情况"))
    with zipfile.ZipFile(out, "a") as archive:
        for number, picture in enumerate(pictures, 1):
            archive.writestr(f"ppt/media/image{number}.jpg", picture)
    return out.getvalue()


def found(taken):
    return [one.detail for one in taken.findings]


@ON_BOTH
def test_a_cropped_picture_of_another_event_is_taken_and_marked_with_whose_it_is(item):
    [first] = handed(photo("一月培训", item, FIRST), by=f"{item.unit}联络员")
    [other] = handed(photo("二月培训", item, OTHER_DAY), by=f"{item.unit}联络员")
    [second] = handed(photo("三月培训", item, COPY, provider=item.other))

    assert not first.findings and not other.findings
    [words] = found(second)
    assert words.startswith(f"与 E0001“一月培训”（{item.unit}）的图片相近，相似度 9")
    with open_session(read_only=True) as session:
        [mark] = session.exec(select(EvidenceMark))
        assert (mark.check_id, mark.verdict) == ("same-picture", "") and mark.measure > 0.84
        one, _, three = session.exec(select(EvidenceRevision).order_by(EvidenceRevision.id))
        assert (mark.revision_id, mark.other_id) == (three.id, one.id)
        assert len(session.exec(select(Fingerprint)).all()) == 3


@ON_BOTH
def test_a_text_copied_from_another_unit_is_marked_with_how_much_of_it(item):
    words = report(1, 1)
    handed(text("甲局总结", item, words), by=f"{item.unit}联络员")
    [copied, own] = handed(
        text("乙局总结", item, inserted(words, Random(1))), text("丙局总结", item, report(1, 2))
    )

    [said] = found(copied)
    assert said.startswith(f"与 E0001“甲局总结”（{item.unit}）的文字大量相同，较短的一份有 ")
    assert "句一字不差" in said and own.findings == ()


def test_what_two_texts_share_is_shown_to_whoever_decides(item):
    words = report(1, 1)
    handed(text("甲局总结", item, words), by=f"{item.unit}联络员")
    handed(text("乙局总结", item, inserted(words, Random(1))))

    life = show_evidence(None, "E0002")
    [passages] = passages_of(life).values()
    said = life_in_words(life, passages_of(life))

    assert 1 <= len(passages) <= 3
    plain = "".join(words.split())
    assert all(len(one) >= LEAST and one in plain for one in passages)
    shown = [line for line in said if line.startswith("      相同的段落（")]
    assert len(shown) == len(passages)
    assert passages_of(show_evidence(None, "E0001")) == {}


@ON_BOTH
def test_a_picture_that_stands_second_in_a_document_is_found_whichever_comes_first(item):
    slides = document(LARGER, FIRST)
    handed(piece("汇报", [item.code], content=slides, file_name="汇报.pptx"))
    [copy] = handed(photo("座谈", item, COPY))
    other = document(UNLIKE, saved(SEEN, 50))
    [again] = handed(piece("总结", [item.code], content=other, file_name="总结.pptx"))

    [words] = found(copy)
    assert words.startswith("与 E0001“汇报”（创建办）里第 2 张图片相近，相似度 9")
    assert sorted(one.split("，")[0] for one in found(again)) == [
        "里面的第 2 张图片与 E0001“汇报”（创建办）里第 2 张图片相近",
        "里面的第 2 张图片与 E0002“座谈”（创建办）的图片相近",
    ]
    shown = "\n".join(life_in_words(show_evidence(None, "E0003")))
    assert "里面的第 2 张图片与 E0001“汇报”（创建办）里第 2 张图片相近" in shown
    with open_session(read_only=True) as session:
        assert len(session.exec(select(Fingerprint)).all()) == 3


def test_what_two_documents_of_one_call_share_is_one_mark(item):
    first, second = document(FIRST, LARGER), document(saved(SEEN, 60), UNLIKE, COPY)
    one, two = handed(
        piece("甲", [item.code], content=first, file_name="甲.pptx"),
        piece("乙", [item.code], content=second, file_name="乙.pptx"),
    )

    assert one.findings == ()
    [words] = found(two)
    assert words.startswith("里面的第 ") and "与 E0001“甲”（创建办）里第 1 张图片相近" in words


def test_a_row_that_holds_one_print_without_a_place_is_found_as_before(item):
    handed(piece("汇报", [item.code], content=document(FIRST), file_name="汇报.pptx"))
    with open_session() as session:
        [row] = session.exec(select(Fingerprint))
        row.print = row.print[:PICTURE_BYTES]
    [copy] = handed(photo("座谈", item, COPY))

    assert found(copy)[0].startswith("与 E0001“汇报”（创建办）的图片相近，相似度 9")


def test_of_several_in_one_call_the_later_is_marked(item):
    first, second, third = handed(
        photo("甲", item, FIRST), photo("乙", item, OTHER_DAY), photo("丙", item, COPY)
    )

    assert (first.findings, second.findings) == ((), ())
    assert [one.check for one in third.findings] == ["same-picture"]
    assert "E0001“甲”" in found(third)[0]


def test_a_better_copy_of_the_same_piece_is_not_marked(item):
    handed(photo("培训", item, FIRST))
    [again] = handed(photo("培训", item, COPY, code="E0001"))

    assert (again.revision, again.findings) == (2, ())


def test_pictures_of_one_unit_and_one_day_are_of_one_event(item):
    handed(photo("培训之一", item, FIRST, fact_on=TODAY))
    [same_day] = handed(photo("培训之二", item, COPY, fact_on=TODAY))
    [other_day] = handed(photo("座谈", item, saved(SEEN, 40), fact_on=date(2025, 6, 1)))

    assert same_day.findings == ()
    assert [one.check for one in other_day.findings] == ["same-picture", "same-picture"]


def test_a_withdrawn_piece_is_not_compared(item):
    handed(photo("培训", item, FIRST))
    withdraw_pieces("jc", ["E0001"], SaidOfEvidence(OFFICE, "报错了", NOON))

    assert handed(photo("座谈", item, COPY))[0].findings == ()


def test_what_a_person_judged_is_not_asked_again_when_the_same_file_comes_back(item):
    handed(photo("甲", item, FIRST), photo("乙", item, COPY), by=OFFICE)
    judge_evidence("jc", "E0002", [], "不成立", SaidOfEvidence("创建办审核岗", "同一处", NOON))
    [other] = handed(photo("乙", item, OTHER_DAY, code="E0002"))
    [back] = handed(photo("乙", item, COPY, code="E0002"))
    [more] = handed(photo("丙", item, saved(SEEN, 30)))

    assert (other.revision, other.findings) == (2, ())
    assert (back.revision, back.findings) == (3, ())
    assert [one.check for one in more.findings] == ["same-picture", "same-picture"]


def test_the_older_of_two_tells_of_the_later(item):
    handed(photo("甲", item, FIRST), photo("乙", item, COPY), by=OFFICE)
    older, later = (life_in_words(show_evidence("jc", code)) for code in ("E0001", "E0002"))

    [told] = [line for line in older if "E0002" in line]
    assert told.startswith("    后报的 E0002 被标记与这一版相像：与另一张图片相同或相近（相似 9")
    assert told.endswith("%，待认定）")
    assert [line.count("相似") for line in later if "标记 1" in line] == [1]


def test_what_was_judged_of_the_older_is_not_asked_of_it_either(item):
    handed(photo("甲", item, FIRST), photo("乙", item, COPY), by=OFFICE)
    judge_evidence("jc", "E0002", [], "属实", SaidOfEvidence("创建办审核岗", "照搬", NOON))
    handed(photo("甲", item, OTHER_DAY, code="E0001"))
    [back] = handed(photo("甲", item, FIRST, code="E0001"))

    assert (back.revision, back.findings) == (3, ())


@ON_BOTH
def test_many_copies_take_as_many_statements_as_one(item):
    words = report(3, 1)
    handed(text("先有一份", item, words))
    seen: list[str] = []
    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    counted = []
    for count in (1, 30):
        many = [
            text(f"第 {n} 份共 {count} 份", item, inserted(words, Random(n + count)))
            for n in range(count)
        ]
        seen.clear()
        taken = handed(*many)
        assert all(one.findings for one in taken)
        counted.append(len([s for s in seen if not s.startswith(("BEGIN", "SAVEPOINT"))]))

    assert counted[0] == counted[1] <= 60, counted


def marks():
    with open_session(read_only=True) as session:
        return [(one.revision_id, one.other_id) for one in session.exec(select(EvidenceMark))]


@ON_BOTH
@pytest.mark.parametrize("times", range(3))
def test_two_that_hand_in_the_same_words_at_once_are_marked_once(item, times):
    words, ready = report(4, times), Barrier(2)

    def one(name):
        ready.wait()
        return handed(text(name, item, inserted(words, Random(name))))

    with ThreadPoolExecutor(2) as pool:
        first, second = (one.result()[0] for one in [pool.submit(one, n) for n in ("甲", "乙")])

    assert [len(one.findings) for one in (first, second)] in ([0, 1], [1, 0])
    assert len(marks()) == 1


@ON_BOTH
def test_what_comes_in_between_the_search_and_the_writing_is_marked(item, monkeypatch):
    words = report(6, 1)
    handed(text("先有一份", item, words))
    searching = handing_in.search_near

    def and_meanwhile(*given):
        found = searching(*given)
        monkeypatch.setattr(handing_in, "search_near", searching)
        handed(text("同时一份", item, inserted(words, Random(1))))
        return found

    monkeypatch.setattr(handing_in, "search_near", and_meanwhile)
    [late] = handed(text("晚到一份", item, inserted(words, Random(2))))

    assert late.code == "E0003"
    assert sorted(one.detail[:9] for one in late.findings) == ["与 E0001“先", "与 E0002“同"]


def test_the_writing_looks_at_none_of_what_was_searched_before(item, monkeypatch):
    handed(text("先有一份", item, report(7, 1)))
    writing = handing_in.take_pieces

    def without_index(*given):
        monkeypatch.setattr(alike, "stored_parts", None)
        return writing(*given)

    monkeypatch.setattr(handing_in, "take_pieces", without_index)
    [copy] = handed(text("照搬一份", item, inserted(report(7, 1), Random(2))))

    assert [one.check for one in copy.findings] == ["copied-text"]
