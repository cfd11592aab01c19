"""The tags of HTML by what they do to the tags around them (HTML 13.1.2, 13.2.4, 15.3)."""

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "track", "wbr",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "listing", "main",
    "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section",
    "summary", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    "xmp",
})  # fmt: skip
# A paragraph that is open ends where one of these begins.
CLOSES_P = BLOCKS - frozenset({
    "body", "caption", "legend", "optgroup", "option", "svg", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
GROUPS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
PARTS = GROUPS | CELLS | {"tr", "caption", "colgroup", "col"}
IN_TABLE = GROUPS | {"table", "tr", "colgroup"}  # where no text may stand
ALLOWED_THERE = frozenset({"script", "style", "template"})
BOUNDS = CELLS | {"table", "caption", "template"}  # no tag is closed across these
# What an item ends by beginning, and where it looks no further.
SAME = {
    "li": {"li"}, "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "option": {"option"}, "rt": {"rt", "rp"}, "rp": {"rt", "rp"},
}  # fmt: skip
# An end tag of these closes whatever is open within.
CONTAINERS = BLOCKS | frozenset({
    "select", "button", "object", "noscript", "template", "audio", "video", "canvas", "datalist", "iframe", "ruby", "math", "marquee",
})  # fmt: skip
ENDS_ITEMS = BOUNDS | CONTAINERS - {"address", "div", "p"}
FORMATS = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
ROOT = frozenset({"html", "head", "body"})
# What an <input> shows as text: what is typed into it, or the word on a button.
BUTTONS = frozenset({"submit", "button", "reset"})
NO_TEXT = frozenset({"hidden", "file", "password", "color", "range", "image"})
TICKED = {"checkbox": "☑", "radio": "●"}
NOT_TICKED = {"checkbox": "□", "radio": "○"}
