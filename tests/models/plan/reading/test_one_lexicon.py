"""The words of documents stand in the vocabulary and in no pattern beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.plan.reading.text.patterns import FORMS
from models.plan.vocabulary import default_vocabulary
from tests.places import ROOT

# What keeps words on purpose: the vocabulary itself, the numbers that a pattern is made of, and the names
# that fields, messages and the sample have.
APART = {"vocabulary.py", "own_words.py", "field_words.py", "warm_up.py"}
MODULES = sorted(
    path
    for folder in ("models/plan", "models/indicators", "tasks/plans")
    for path in (ROOT / folder).rglob("*.py")
    if path.name not in APART
)
NUMBERS = ("一二三四五六七八九十", "甲乙丙丁戊己庚辛", "①②③④⑤⑥⑦⑧⑨⑩", "㈠㈡㈢㈣", "ⅠⅡⅢⅣⅤ")
NUMBERING = re.compile(
    "|".join(run[at : at + 3] for run in NUMBERS for at in range(len(run) - 2)) + "|[①㈠Ⅰ]-"
)
SURE = ("牵头", "配合")  # roles whose words say nothing else
# So many words of one list, one behind the other, are that list written out again: of roles and bodies
# three, of others four, since any two lists of words of daily use share some.
STRICT = {"角色", "牵头", "责任", "配合", "时限", "单位", "局", "县", "区划", "一"}
LISTED = {True: 3, False: 4}
_WORDS = re.compile(r"[\u4e00-\u9fff]+(?:\|[\u4e00-\u9fff]+)+")
_CLASS = re.compile(r"\[([^\[\]]*)\]")
_ALONE = re.compile(r"[\u4e00-\u9fff]+")
_PATTERN = re.compile(r"[|\[\]\\*?^$]|\(\?|\{\d")  # signs of a pattern in a text
# Words that are of a role only with more around them, so that a sentence may hold them alone.
_COMMON = {"支持", "指导", "统筹", "参加", "参与", "发起", "协作", "协助", "协同"}
# Lists that an alternation may share words with by chance: each has a few of every kind.
_TOO_COMMON = {
    *("量词", "每份", "做", "补充件", "单位词尾", "节奏", "非名", "星期几"),
    *("姓", "常见姓", "复姓", "不是人名", "地名"),
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that are no docstrings, with their lines; of f-strings the fixed parts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def faults(text: str, *, numbers_only: bool = False) -> Iterator[str]:
    """Yield the words that a text spells out although the vocabulary has them.

    A text without any sign of a pattern that is more than one word is what somebody reads.
    """
    lists = default_vocabulary().lists
    bare = re.sub(r"\{[^{}]*\}", "", text)
    if found := NUMBERING.search(bare):
        yield found[0]
    if numbers_only:
        return
    sure = {word for role in SURE for word in lists[role]} - _COMMON
    if _PATTERN.search(text) or text in sure:
        yield from (word for word in _ALONE.findall(bare) if word in sure)
    for group in _WORDS.findall(bare):
        told = group.split("|")
        for name, words in lists.items():
            if (
                name not in _TOO_COMMON
                and len(alike := {*told} & {*words}) >= LISTED[name in STRICT]
            ):
                yield f"{name}: {'|'.join(sorted(alike))}"
    for inner in _CLASS.findall(bare):
        for name in ("一", "局", "县", "区划"):
            if len(alike := {*inner} & {*lists[name]}) >= LISTED[True]:
                yield f"{name}: {''.join(sorted(alike))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_names_the_words_of_documents(path):
    # The account finds what the rules miss: it knows words of its own, which no rule shares.
    apart = path.parent.name == "accounting"
    found = ((line, faults(text, numbers_only=apart)) for line, text in literals(path))
    assert not [f"{line}: {fault}" for line, all_of_it in found for fault in all_of_it]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (r"^（?[一二三四五六七八九十]{1,3}）?", "一二三"),
        (r"[①-⑳]", "①-"),
        (r"[甲乙丙丁]、", "甲乙丙"),
        (r"由[^，]{2,60}牵头", "牵头"),
        ("牵头", "牵头"),
        (r"(?:主办|协办|承办)单位", "主办"),
        (r"(?:单位|部门|机关)：", "单位: 单位|机关|部门"),
        (r"[局委办]$", "局: 办委局"),
        (r"(?<=[省市县])", "县: 县市省"),
        (r"压减|下降|降低|缩短", "降: 下降|压减|缩短|降低"),
    ],
)
def test_a_word_spelled_out_is_found(text, fault):
    assert fault in list(faults(text))


@pytest.mark.parametrize(
    "text",
    [
        "没有读到牵头或责任单位",  # what somebody reads
        r"由[^，]{2,60}{牵头}",
        r"(?:{单位}|部门|单位)：",
        r"[一二]{〇}{3}年",
    ],
)
def test_what_only_names_words_is_none(text):
    assert list(faults(text)) == []


NAMED = re.compile(r"\{(?:<[=!]|~)?([^\x00-\x7f]{1,8})\}")


def named() -> set[str]:
    texts = (text for path in MODULES for _, text in literals(path))
    return {name for text in texts for name in NAMED.findall(text)}


def test_every_name_in_a_pattern_has_its_list():
    assert named() - {*default_vocabulary().lists, *FORMS} == set()


def test_every_list_is_read_somewhere():
    forms = {name for form in FORMS.values() for name in NAMED.findall(form)}
    asked = {text for path in MODULES for _, text in literals(path)}  # words.words("区划")

    unread = {*default_vocabulary().lists} - named() - forms - asked
    assert unread <= {"量词", "单位词尾", "角色"}  # properties of the vocabulary
