import re

import pytest

from models.plan.reading.text.stops import (
    brackets,
    clause_end,
    clause_start,
    outside,
    quotation,
    sentence_around,
    sentence_end,
    sentence_start,
)

TEXT = "建立机制，责任单位：市司法局；每月25日前报送;长期坚持。"


@pytest.mark.parametrize(
    ("word", "clause", "sentence"),
    [
        ("建立", "建立机制", "建立机制，责任单位：市司法局"),
        ("市司法局", "市司法局", "建立机制，责任单位：市司法局"),  # behind a colon
        (
            "责任",
            "责任单位：市司法局",
            "建立机制，责任单位：市司法局",
        ),  # what stands in front goes on
        ("25", "每月25日前报送", "每月25日前报送"),
        ("长期", "长期坚持", "长期坚持"),  # the narrow marks are marks as well
    ],
)
def test_a_word_stands_in_its_clause_and_its_sentence(word, clause, sentence):
    at = TEXT.index(word)

    assert TEXT[clause_start(TEXT, at) : clause_end(TEXT, at)] == clause
    assert TEXT[sentence_start(TEXT, at) : sentence_end(TEXT, at)] == sentence


def test_a_text_without_marks_is_one_clause():
    assert (clause_start("长期坚持", 2), clause_end("长期坚持", 2)) == (0, 4)
    assert (clause_start("", 0), clause_end("", 0)) == (0, 0)
    assert clause_end("长期坚持", 9) == 4  # behind its end


def test_a_mark_belongs_to_the_sentence_that_it_ends():
    assert sentence_around("甲。乙；丙", 1) == "甲。"
    assert sentence_around("甲。乙；丙", 2) == "乙；"
    assert sentence_around("甲。乙；丙", 4) == "丙"


def test_a_shown_sentence_is_of_300_characters_at_most():
    text = "一" * 900 + "。"

    assert len(sentence_around(text, 600)) == 300


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("甲（乙（丙）丁）戊", [(1, 8)]),
        ("甲（乙)丙【丁】", [(1, 4), (5, 8)]),  # of either width
        ("甲（乙", [(1, 3)]),  # an unclosed one goes up to the end
        ("甲）乙", []),
    ],
)
def test_the_outermost_brackets_are_found(text, spans):
    assert list(brackets(text)) == spans


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("按《每日一学》要求", 1),
        ("评“每周一星”，", 1),
        ('评"每周一星"，', 1),
        ("“甲”每周一次", None),
        ("按《甲》。每周一次", None),
    ],
)
def test_a_word_is_quoted_where_a_quotation_is_open(text, opens):
    assert quotation(text, text.index("每") + 1) == opens


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("各县（市、区）、市直部门", [7]),
        ("甲局（牵头、主办）（乙、丙）、丁局", [14]),
        ("甲、乙（丙、丁", [1]),  # never closed
        ("甲）、乙", [2]),
        ("", []),
    ],
)
def test_marks_within_brackets_part_nothing(text, marks):
    assert [mark.start() for mark in outside(text, re.finditer("、", text))] == marks
