"""Names right before a post, told from places and bodies. The names are letters that nobody bears."""

import json

import pytest

from models.plan.own_words import with_own_words
from models.plan.reading.persons.names import is_name_of_a_person, name_before_post
from models.plan.reading.persons.posts import holders_of
from models.plan.vocabulary import default_vocabulary, reading_with
from tests.places import DOCUMENTS, REAL_DOCUMENTS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张甲乙市长", "张甲乙"),
        ("张甲市长", "张甲"),
        ("李甲乙常务副市长", "李甲乙"),
        ("孙丙副市长", "孙丙"),
        ("赵丙市政府办公室主任", "赵丙"),
        ("王丙县委书记", "王丙"),
        ("王甲乙县委常委", "王甲乙"),
        ("刘甲乙党组书记", "刘甲乙"),
        ("钱甲乙司法局局长", "钱甲乙"),
        ("刘乙市公安局副局长", "刘乙"),
        ("欧阳甲市长", "欧阳甲"),
        ("欧阳甲乙副市长", "欧阳甲乙"),
        ("诸葛甲人大常委会主任", "诸葛甲"),
        ("吴甲乙二级调研员", "吴甲乙"),
        ("文明甲县长", "文明甲"),  # 文明 alone is a word
        ("李长河书记", "李长河"),
        # A family name alone, said with respect.
        ("张市长", "张"),
        ("李副县长", "李"),
        ("王局长", "王"),
    ],
)
def test_the_name_before_a_post_is_told(text, name):
    assert name_before_post(text) == name


NONE = " ".join(
    (
        "县长 市长 常务副市长 分管副市长 党组书记 党组副书记 党委副书记 党工委书记 纪委副书记 常委副县长 成员单位主要负责人",
        # Bodies, whole and called by a word of theirs.
        "安全局局长 安全生产办公室主任 应急局长 应急管理局局长 司法局长 司法所长 林业局副局长 国土资源局局长 国家税务局局长 武装部长",
        "宣传委员 宣传部长 文明办主任 卫健委主任 党政办主任 管委会主任 关工委主任 车间主任 项目总经理 项目负责人 施工队长 全体干部",
        "包联领导 时任市长 原书记 任主任 高院院长 党校常务副校长 安委办主任 安全领导小组组长 林长 党员干部 纪检组长 金融办主任",
        # Places: cities and counties, towns, villages, zones.
        "张家港市长 张家港市市长 马鞍山市市长 马鞍山市长 金昌市长 温县县长 温县长 康县县委书记 高邮市委书记 石家庄市委常委 和平区区长",
        "高桥镇长 高桥镇镇长 高桥镇党委书记 王家庄村书记 王家庄村党支部书记 李庄书记 龙泉街道办事处主任 高新区主任 高新区管委会主任",
        # Words of a sentence that stand before those whom it is about.
        "强化对政府工作人员的培训 强对机关干部 任的市长 温及市长",
        "江北新区管委会主任 石化区管委会主任 金凤区司法局局长 黄石市公安局局长 李庄小学校长 金山派出所所长 周宁县委员会主任",
    )
)


@pytest.mark.parametrize("text", NONE.split())
def test_no_place_and_no_body_loses_its_beginning(text):
    assert name_before_post(text) == ""


@pytest.mark.parametrize("level", ["市", "县", "区"])
def test_no_place_of_the_list_is_taken_for_a_name(level):
    posts = ["委书记", "长", "政府办公室主任", "司法局局长", "委常委、组织部部长"]
    places = default_vocabulary().words("地名")
    said = [f"{place}{level}{post}" for place in places if len(place) > 1 for post in posts]
    said += [f"{place}{level}{level}长" for place in places]

    assert [text for text in said if name_before_post(text)] == []


def test_an_office_adds_its_places_and_words():
    assert name_before_post("王甲市公安局局长") == "王甲"
    assert is_name_of_a_person("李乙")

    with reading_with(with_own_words("人名: {地名: [王甲], 不是人名: [李乙]}")):
        assert name_before_post("王甲市公安局局长") == ""
        assert not is_name_of_a_person("李乙")


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_the_units_and_posts_of_the_known_documents_are_whole():
    files = [*DOCUMENTS.glob("*.json"), *REAL_DOCUMENTS.glob("*.json")]
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    said = {text for truth in truths for text in strings(truth) if len(text) < 40}

    assert len(said) > 1000
    assert [text for text in said if name_before_post(text)] == []


def test_a_list_of_persons_parts_the_names_from_their_posts():
    found = holders_of("张甲乙市长、李丙副市长；欧阳甲司法局局长")

    assert found.posts == ["市长", "副市长", "司法局局长"]
    assert found.names == ["张甲乙", "李丙", "欧阳甲"]
