"""The fake provider as a process of its own, as the long tests use it."""

import json
import subprocess
import sys
from urllib.request import Request, urlopen

from notifications.channels.channels import load_channels
from notifications.saying.message import Message


def test_it_takes_orders_and_tells_what_it_accepted(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.tools.fake_provider"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        base = json.loads(process.stdout.readline())["base"]
        path = tmp_path / "channels.yaml"
        path.write_text(f"urls:\n  - wecomrobot://KEY-1?base={base}:\n      tag: 组长\n")
        path.chmod(0o600)
        channels = load_channels(path)
        [target] = channels.targets("组长")
        order = json.dumps({"behaviours": ["drop-after", "refuse", "accept"], "key": "KEY-1"})
        urlopen(Request(f"{base}/control", order.encode())).close()

        answers = [channels.send(target, Message(f"第{n}条", "")) for n in range(3)]

        accepted = json.load(urlopen(f"{base}/control"))
        assert [a.code for a in answers] == ["dropped", "93000", "0"]
        assert [taken["text"] for taken in accepted] == ["**第0条**", "**第2条**"]
    finally:
        process.communicate(timeout=10)
    assert process.returncode == 0
