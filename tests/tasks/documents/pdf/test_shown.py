"""What the codes of letters show."""

import pytest

from tasks.documents.pdf.shown import as_shown


@pytest.mark.parametrize(
    ("text", "font", "shows"),
    [
        ("字", "SimSun", "字"),
        ("A", "Times", "A"),
        ("\u2f8f\u2f45", "SimSun", "行方"),  # radicals that are characters
        ("\u2ed3\u2ee2", "SimSun", "长马"),  # and those without a compatibility mapping
        ("\uf9dc\ufa18", "SimSun", "隆礼"),
        ("\ufb01\ufb02", "Times", "fifl"),
        ("１Ａ％，（", "SimSun", "１Ａ％，（"),  # full-width marks stay
        ("①㈠Ⅳ", "SimSun", "①㈠Ⅳ"),
        ("\uf06c", "ABCDEF+Wingdings", "●"),
        ("\uf0d8", "ABCDEF+Wingdings-Regular", "➢"),
        ("\uf0fc", "Wingdings", "✓"),
        ("\uf081", "Wingdings", "①"),
        ("\uf052", "Wingdings 2", "☑"),
        ("\uf0b7", "SymbolMT", "●"),
        ("\uf0b3", "Symbol", "≥"),
        ("\uf0fe", "BAAAAA+OpenSymbol", "☑"),
        ("\uf0b3", "BAAAAA+OpenSymbol", "≥"),
        ("\uf0ff", "Wingdings", "●"),  # a shape that no table knows
        ("\uf031", "ABCDEF+FangSong", "1"),  # a font of letters, encoded like symbols
        ("", "Times", ""),
    ],
)
def test_codes_become_what_they_show(text, font, shows):
    assert as_shown(text, font) == shows
