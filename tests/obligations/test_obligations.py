"""Every obligation of the five documents has a place in the product, and something serves it."""

import re

import pytest

from tests.obligations import district, jiaozuo, jinchang, lushan, zengdu
from tests.places import REAL_DOCUMENTS

OF = {module.DOCUMENT: module for module in (jiaozuo, lushan, district, jinchang, zengdu)}
EVERY = [
    pytest.param(module, one, id=f"{document} {one.place}")
    for document, module in OF.items()
    for one in module.OBLIGATIONS
]


@pytest.mark.parametrize(("module", "obligation"), EVERY)
def test_an_obligation_is_served(module, obligation, office):
    missing = [one.missing(office, module.PACK) for one in obligation.served]

    assert not any(missing), (obligation.place, missing)


@pytest.mark.parametrize("document", OF)
def test_a_document_is_walked_whole(document):
    places = [one.place for one in OF[document].OBLIGATIONS]

    assert len(places) >= OF[document].AT_LEAST
    assert len(places) == len(set(places))


@pytest.mark.skipif(not REAL_DOCUMENTS.is_dir(), reason="the documents lie beside the checkout")
@pytest.mark.parametrize("document", OF)
def test_what_is_named_stands_in_the_document(document):
    [path] = REAL_DOCUMENTS.glob(f"{document}_*.txt")
    text = re.sub(r"\s", "", path.read_text(encoding="utf-8"))

    words = [re.sub(r"\s", "", one.word) for one in OF[document].OBLIGATIONS]

    assert not [word for word in words if word not in text]
