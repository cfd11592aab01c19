"""The letters of an .odt, counted from its own XML."""

import io
import zipfile

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.converted.open_document import open_pieces
from tasks.documents.pages import COMMENT, HEADER

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"), ("svg", "svg-compatible")]
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
BODY = "<office:document {names}><office:body><office:text>{body}</office:text></office:body>{more}</office:document>"
NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>"
REMARK = "<office:annotation><dc:creator>x</dc:creator><dc:date>2026</dc:date><text:p>批</text:p></office:annotation>"


@pytest.mark.parametrize(
    ("body", "pieces"),
    [
        ("<text:h>标题</text:h><text:p>一<text:span>二</text:span>三</text:p>", ["标题", "一二三"]),
        (f"<text:p>前{NOTE}后</text:p>", ["前后", "注"]),
        ("<text:p>前<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box><svg:title>图</svg:title></draw:frame>后</text:p>", ["前后", "框"]),
        ("<text:list><text:list-header><text:number>1.</text:number></text:list-header></text:list>", []),
        ("<text:p>第<text:page-number>3</text:page-number>页</text:p>", ["第页"]),
        ("<text:p/>", []),
        ("<text:p>率\uf0b395%</text:p>", ["率95%"]),  # a sign of a font of symbols is a drawing
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_the_text_of_paragraphs_is_counted_once(body, pieces, packed):
    content = BODY.format(names=NAMES, body=body, more="").encode()
    if packed:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("content.xml", content)
        content = made.getvalue()

    assert list(open_pieces(content)) == [(MISSING, piece) for piece in pieces]


def test_remarks_and_heads_have_their_reasons():
    head = "<style:header><text:p>眉</text:p></style:header>"
    content = BODY.format(names=NAMES, body=f"<text:p>前{REMARK}后</text:p>", more=head).encode()

    assert list(open_pieces(content)) == [(MISSING, "前后"), (COMMENT, "批"), (HEADER, "眉")]
