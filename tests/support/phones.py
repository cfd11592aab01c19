"""Leaders' telephones, for tests: each post has a robot of its own, and what it said can be read."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tasks.notices.delivery import deliver
from tests.support.deciding import noon
from tests.tools.fake_provider import FakeProvider

CODE = re.compile(r"验证码：\**([3-9A-Z]{6})")


@dataclass
class Phones:
    """What was sent to whom: ``keys`` are the robots of ``tags``, in the same order."""

    provider: FakeProvider
    tags: Sequence[str]
    keys: Sequence[str]

    def send(self, day: date, minutes: int = 0) -> None:
        """Send what may go out ``minutes`` after noon of ``day``."""
        deliver(lambda: noon(day) + timedelta(minutes=minutes))

    def said(self, tag: str, word: str = "") -> list[str]:
        """Return what ``tag`` read, in order; with ``word`` only what holds it."""
        key = self.keys[self.tags.index(tag)]
        texts = [taken.text for taken in self.provider.accepted if taken.key == key]
        return [text for text in texts if word in text]

    @property
    def codes(self) -> list[str]:
        """Return every code that ever came to the provider, whatever it answered, in order."""
        return [code for seen in self.provider.seen for code in CODE.findall(seen.body.decode())]

    def code(self, tag: str, word: str = "") -> str:
        """Return the last code that was sent to ``tag`` (in a message that holds ``word``)."""
        return [found[1] for text in self.said(tag, word) if (found := CODE.search(text))][-1]


@contextmanager
def open_phones(
    folder: Path,
    patch: pytest.MonkeyPatch,
    tags: Sequence[str] = ("组长", "分管领导", "创建办"),
    keys: Sequence[str] = (),
) -> Iterator[Phones]:
    """Give each of ``tags`` a robot of its own, with a key of ``keys`` where there are any."""
    with FakeProvider() as provider:
        phones = Phones(provider, tags, keys or [f"PHONE-{n}" for n in range(len(tags))])
        path = folder / "channels.yaml"
        patch.setenv("SHIFAN_CHANNELS", str(path))
        write_channels(path, phones)
        yield phones


def write_channels(path: Path, phones: Phones) -> None:
    """Write the channel file of ``phones``; again when its tags or keys have changed."""
    lines = [
        f"  - wecomrobot://{key}?base={phones.provider.base}:\n      tag: {tag}\n"
        for tag, key in zip(phones.tags, phones.keys, strict=True)
    ]
    path.write_text("urls:\n" + "".join(lines), encoding="utf-8")
    path.chmod(0o600)
