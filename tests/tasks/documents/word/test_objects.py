"""What shows words and holds none that can be read is named: a control, a picture that is a page."""

import pytest

from models.plan.reading.text.marks import EMBEDDED, PICTURE
from tests.support.word_packages import cell, para, table
from tests.tasks.documents.word.conftest import lines_of, named

SCAN = "占大半页的图片"


def drawn(
    wide: float, high: float, frame: str = "inline", said: str = "", inner: str = "<a:blip/>"
) -> str:
    """A picture of so many millimetres."""
    size = f'<wp:extent cx="{int(wide * 36_000)}" cy="{int(high * 36_000)}"/>'
    return f"<w:r><w:drawing><wp:{frame} {said}>{size}<a:graphic>{inner}</a:graphic></wp:{frame}></w:drawing></w:r>"


def shape(style: str, inner: str = "<v:imagedata/>") -> str:
    return f'<w:r><w:pict><v:shape style="{style}">{inner}</v:shape></w:pict></w:r>'


@pytest.mark.parametrize(
    ("picture", "is_scan"),
    [
        (drawn(156, 225), True),
        (drawn(210, 297, "anchor", 'behindDoc="0"'), True),
        (drawn(210, 297, "anchor", 'behindDoc="1"'), False),  # a ground below the text
        (drawn(150, 100), False),  # a photograph
        (drawn(60, 225), False),
        (drawn(156, 225, inner="<a:t/>"), False),  # a drawing, whose words are its own
        (shape("width:415pt;height:600.5pt"), True),
        (shape("height:600pt; width:415pt"), True),
        (shape("width:415pt;height:600pt;z-index:-251658240"), False),
        (shape("width:415pt;height:60pt"), False),
        (shape("width:415pt;height:600pt", ""), False),
        (shape("width:100%;height:x"), False),
    ],
)
def test_a_picture_that_fills_a_page_is_named(read, picture, is_scan):
    document = read(para("附件") + para(picture))

    assert lines_of(document) == ["附件"]
    assert named(document) == ([(PICTURE, SCAN)] if is_scan else [])


def test_a_struck_picture_is_not_named(read):
    gone = f'<w:del w:id="1" w:author="x">{drawn(156, 225)}</w:del>'

    assert named(read(para("附件", gone))) == []


@pytest.mark.parametrize("around", ["object", "pict"])
def test_a_control_whose_words_stand_elsewhere_is_named(read, around):
    control = f'<w:r><w:{around}><v:shape/><w:control w:name="TextBox1"/></w:{around}></w:r>'

    document = read(table(["牵头单位", cell(para(control))]))

    assert lines_of(document) == ["牵头单位|"]
    assert named(document) == [(EMBEDDED, "控件")]
