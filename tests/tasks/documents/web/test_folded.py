"""Words that a browser gives no room or cuts away are named; what it shows is read."""

import pytest

from tasks.documents.pages import HIDDEN
from tasks.documents.web.pages import html_pages

TEXT = "各单位要认真落实，逐项销号，六月底前完成。"
WORDS = "暗字甲乙"


def read(element, sheet=""):
    page = f"<style>{sheet}</style><p>{TEXT}</p>{element}<p>{TEXT}</p>"
    [(rows, left)] = html_pages(page.encode())
    return [text for text, *_ in rows if text != TEXT], [(why, words) for why, words, *_ in left]


UNSEEN = [
    "font:0/0 a",
    "font: 0px/1 serif",
    "height:0;overflow:hidden",
    "overflow:hidden;width:1px;height:1px",
    "width:0;overflow-x:hidden",
    "max-height:0px;overflow:hidden",
    "clip-path:inset(50%)",
    "clip-path: inset(100% 0)",
    "transform:scale(0)",
    "transform:scale(0, 1)",
    "content-visibility:hidden",
    "text-indent:100%;white-space:nowrap;overflow:hidden",
]
SEEN = [
    "font:14px/0 serif",
    "font:bold 400 16px/1.5 宋体",
    "font:inherit",
    "height:0",  # nothing is cut off
    "height:10px;overflow:hidden",
    "height:0;overflow:hidden;min-height:2em",
    "height:0;padding-bottom:56%;overflow:hidden",  # room for a film
    "max-height:50px;overflow:hidden",
    "height:0;overflow:visible",
    "clip-path:inset(0)",
    "transform:scale(0.5)",
    "text-indent:2em;overflow:hidden",
]


@pytest.mark.parametrize("style", UNSEEN)
def test_what_a_browser_gives_no_room_is_named(style):
    named = ([], [(HIDDEN, WORDS)])

    assert read(f'<div style="{style}">{WORDS}</div>') == named
    assert read(f"<div class=x>{WORDS}</div>", f".x{{{style}}}") == named


@pytest.mark.parametrize("style", SEEN)
def test_what_a_browser_shows_is_read(style):
    assert read(f'<div style="{style}">{WORDS}</div>') == ([WORDS], [])
    assert read(f"<div class=x>{WORDS}</div>", f".x{{{style}}}") == ([WORDS], [])


@pytest.mark.parametrize(
    "element",
    [
        f'<span style="height:0;overflow:hidden">{WORDS}</span>',  # no box of its own
        f'<p aria-hidden="true">{WORDS}</p>',  # for voices, not for eyes
        f"<details><summary>{WORDS}</summary></details>",
        f"<p inert>{WORDS}</p>",
    ],
)
def test_elements_that_are_seen_all_the_same_are_read(element):
    assert read(element) == ([WORDS], [])


def test_what_one_unfolds_with_a_click_is_read():
    assert read(f"<details><summary>第一章</summary><p>{WORDS}</p></details>")[0] == [
        "第一章",
        WORDS,
    ]


@pytest.mark.parametrize("element", [f"<p popover>{WORDS}</p>", f"<template>{WORDS}</template>"])
def test_elements_that_nobody_sees_are_named(element):
    assert read(element) == ([], [(HIDDEN, WORDS)])


@pytest.mark.parametrize("opened", [".x.on{height:auto}", ".on .x{height:auto}"])
def test_what_a_class_unfolds_is_read(opened):
    sheet = f".x{{height:0;overflow:hidden}}{opened}"

    assert read(f"<div class='x on'>{WORDS}</div>", sheet) == ([WORDS], [])
