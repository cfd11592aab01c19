"""Leaders' telephones, for tests: each post has a robot of its own, and what it said can be read."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tasks.delivery import deliver
from tests.deciding import noon
from tests.fake_provider import FakeProvider

CODE = re.compile(r"验证码:\**([3-9A-Z]{6})")


@dataclass
class Phones:
    """What was sent to whom; the robot's key is the place of the tag among ``tags``."""

    provider: FakeProvider
    tags: Sequence[str]

    def send(self, day: date) -> None:
        """Send what may go out at noon of ``day``."""
        deliver(lambda: noon(day))

    def said(self, tag: str, word: str = "") -> list[str]:
        """Return what ``tag`` read, in order; with ``word`` only what holds it."""
        key = f"PHONE-{self.tags.index(tag)}"
        texts = [taken.text for taken in self.provider.accepted if taken.key == key]
        return [text for text in texts if word in text]

    def code(self, tag: str, word: str = "") -> str:
        """Return the last code that was sent to ``tag`` (in a message that holds ``word``)."""
        return [found[1] for text in self.said(tag, word) if (found := CODE.search(text))][-1]


@contextmanager
def open_phones(
    folder: Path, patch: pytest.MonkeyPatch, tags: Sequence[str] = ("组长", "分管领导", "创建办")
) -> Iterator[Phones]:
    """Give each of ``tags`` a robot of its own."""
    with FakeProvider() as provider:
        lines = [
            f"  - wecomrobot://PHONE-{n}?base={provider.base}:\n      tag: {tag}\n"
            for n, tag in enumerate(tags)
        ]
        path = folder / "channels.yaml"
        path.write_text("urls:\n" + "".join(lines), encoding="utf-8")
        path.chmod(0o600)
        patch.setenv("SHIFAN_CHANNELS", str(path))
        yield Phones(provider, tags)
