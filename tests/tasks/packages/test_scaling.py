"""Pictures that are too large for the application system: smaller as copies, the picture itself stays."""

from io import BytesIO

import numpy
import pytest
from PIL import Image
from sqlmodel import select

from models.audit.chain import entries
from models.database import open_session
from models.evidence.evidence import EvidenceCopy
from models.evidence.vault.keeping import read_kept
from models.settings import moment_of
from tasks.packages.limits import NewLimit, kind_named, set_limit
from tasks.packages.making import make_package
from tasks.packages.scaling import scale_pictures
from tasks.packages.shrinking import shrunk
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece

MOMENT = moment_of(NOW)


def picture(width, height, kind="PNG", mode="RGB"):
    noise = numpy.random.default_rng(width).integers(0, 255, (height, width, 3), dtype=numpy.uint8)
    buffer = BytesIO()
    Image.fromarray(noise).convert(mode).save(buffer, kind)
    return buffer.getvalue()


def put(campaign_id, content, **more):
    fields = {"kind": "picture", "title": "会场", "media": "png", "file_name": "a.png"} | more
    with open_session() as session:
        return piece(session, campaign_id, content, ("1.1.1", 1), **fields).id


@pytest.fixture
def limited(campaign, campaign_id):
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开清单")
    set_limit(campaign, NewLimit(kind_named("图片"), "", 1, None, 800), "创建办", MOMENT)
    return campaign


def copies():
    with open_session(read_only=True) as session:
        return [(one.made_for, one.sha256) for one in session.exec(select(EvidenceCopy))]


@ON_BOTH
def test_a_picture_too_large_goes_in_as_a_smaller_copy(limited, campaign_id, tmp_path):
    large, small = picture(1600, 1200), picture(300, 200)
    put(campaign_id, large)
    put(campaign_id, small)

    out = make_package(limited, tmp_path / "包", "创建办", MOMENT).out

    first, second = sorted(out.glob("1.1.1*/*"))
    assert first.name == "E0001 会场.jpg"
    with Image.open(first) as seen:
        assert max(seen.size) == 800
    assert first.stat().st_size <= 1_000_000
    assert second.name == "E0002 会场.png"
    assert second.read_bytes() == small
    assert read_kept(copies()[0][1], 10**6) == first.read_bytes()


def test_each_picture_is_held_against_the_same_bounds_once(limited, campaign_id, monkeypatch):
    put(campaign_id, picture(1600, 1200))
    put(campaign_id, picture(300, 200))

    assert scale_pictures(limited, "创建办", MOMENT) == []
    assert len(copies()) == 2
    monkeypatch.setattr("tasks.packages.scaling.worker", None)  # nobody is asked again
    assert scale_pictures(limited, "创建办", MOMENT) == []


def test_other_bounds_make_other_copies(limited, campaign_id):
    put(campaign_id, picture(1600, 1200))
    scale_pictures(limited, "创建办", MOMENT)
    set_limit(limited, NewLimit(kind_named("图片"), "", None, None, 500), "创建办", MOMENT)
    scale_pictures(limited, "创建办", MOMENT)

    assert [bounds for bounds, _ in copies()] == ["800 1000000", "500 0"]


def test_a_picture_nobody_can_open_is_named_and_the_others_go_on(limited, campaign_id):
    put(campaign_id, b"no picture")
    put(campaign_id, picture(1600, 1200))

    [line] = scale_pictures(limited, "创建办", MOMENT)

    assert line == "E0001 的图片缩小不了（打不开，或太大），请人工处理"
    assert len(copies()) == 1


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1"])
def test_every_kind_of_colour_becomes_a_picture_on_white(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    [made] = shrunk(b"400 0\n" + picture(900, 500, kind, mode))
    with Image.open(BytesIO(made)) as seen:
        assert (seen.size, seen.mode) == ((400, 222), "RGB")


def test_the_same_picture_gives_the_same_copy():
    given = b"400 50000\n" + picture(900, 500)
    assert list(shrunk(given)) == list(shrunk(given))


def test_a_bound_nobody_can_keep_is_refused():
    with pytest.raises(ValueError, match="too small a bound"):
        list(shrunk(b"0 10\n" + picture(900, 500)))


def test_copies_are_in_the_chain(limited, campaign_id):
    put(campaign_id, picture(1600, 1200))
    scale_pictures(limited, "创建办", MOMENT)
    with open_session(read_only=True) as session:
        assert any("evidence_copy" in entry.facts for entry in entries(session))
