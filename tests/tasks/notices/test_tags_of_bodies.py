"""A channel tag and a unit that write one body in two ways: found as one, or asked about."""

import json

import pytest

from deployments.commands import channels as command
from deployments.typed.options import open_tables
from models.database import open_session
from models.loading.units import add_units
from notifications.channels.channels import load_channels
from tasks.office.reach import reach

pytestmark = pytest.mark.usefixtures("database", "campaign")


@pytest.fixture
def tags(tmp_path, monkeypatch):
    """Write a channels file with a robot for each tag, and give the campaign the units."""

    def write(*names: str, units: tuple[str, ...] = ()):
        with open_session() as session:
            add_units(session, 1, units)
        path = tmp_path / "channels.yaml"
        entries = [{f"wecomrobot://KEY-{n}-0000": {"tag": name}} for n, name in enumerate(names)]
        path.write_text(json.dumps({"urls": entries}, ensure_ascii=False))
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        return load_channels(path)

    return write


@pytest.mark.parametrize(
    ("in_file", "of_post"),
    [
        ("区委办公室", "区委办"),
        ("区委办", "区委办公室"),
        ("区委办公室-负责人", "区委办-负责人"),
        ("区委办公室-备用", "区委办-备用"),
    ],
)
def test_a_tag_is_found_by_either_way_to_write_its_body(tags, in_file, of_post):
    channels = tags(in_file)

    assert channels.has(of_post)
    assert reach().has(of_post)
    assert channels.own(of_post) == channels.targets(in_file)  # one recipient, not two
    assert channels.tags == [in_file]


def test_where_the_file_has_both_each_is_its_own(tags):
    channels = tags("区委办", "区委办公室")

    assert channels.targets("区委办") != channels.targets("区委办公室")
    assert len(channels.targets("区委 办公室")) == 0  # which of the two?


def test_check_asks_about_a_tag_that_may_be_the_same_body_s(tags, capsys):
    tags("区委编办", "组长", units=("区编办", "区财政局"))

    command.check(moment=open_tables())

    [line] = [line for line in capsys.readouterr().out.splitlines() if "区编办" in line]
    assert line.startswith("注意：区编办联络员的标签“区编办”没有通道，通道配置里有“区委编办”")
    assert "改成一样" in line


def test_check_asks_nothing_where_each_tag_has_its_channel(tags, capsys):
    tags("区编办", "区委编办", units=("区编办",))

    command.check(moment=open_tables())

    assert "同一个单位" not in capsys.readouterr().out
