"""A name that is Markdown, HTML and an address, in both UIs: it stands there as words, and asks for nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import engine_for
from models.settings import settings
from tests.browser.office import command
from tests.support.upped import Up, asked
from tests.tasks.notices.test_typed_text import TYPED, rename

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def badly_named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A running Shifan in which everything is called what nobody should be called."""
    home: Path = tmp_path_factory.mktemp("typed") / "home"
    command(home, "plan", "load", "jinchang-2025")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(home))
        rename()
        engine_for(settings().database).dispose()
    with Up(home, "--no-demo") as up:
        yield up


@pytest.mark.parametrize("ui", ["", "/v2"], ids=["V1", "V2"])
@pytest.mark.parametrize("key", ["chart", "lights", "this-week"])
def test_a_bad_name_is_words_in_both_windows(badly_named, desk, ui, key):
    found = asked(badly_named.url, "artifacts/latest/filter", {})
    [artifact] = [one["latest_id"] for one in found if one["key"] == key]

    requests: list[str] = []
    desk.on("request", lambda request: requests.append(request.url))

    desk.goto(f"{badly_named.url}{ui}/artifacts/artifact/{artifact}")
    desk.get_by_text("a.example").locator("visible=true").first.wait_for()
    desk.wait_for_load_state("networkidle")  # a picture would have been asked for by now
    leads = desk.evaluate(
        "[...document.querySelectorAll('[href],[src]')].map(e => e.href || e.src)"
    )

    assert [url for url in leads + requests if "a.example" in url] == []
    assert "<!--" not in desk.inner_text("body")
    if key == "chart":
        assert TYPED in desk.inner_text("body")
