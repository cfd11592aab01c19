"""The masked copy of a piece is made once, lies in the vault, and is in the audit."""

import pytest
from sqlmodel import Session, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.evidence.evidence import EvidenceCopy
from models.evidence.vault.keeping import is_kept, read_kept
from models.settings import moment_of
from tasks.evidence.masking.making import make_masked, save_masked
from tests.conftest import NOW, ON_BOTH
from tests.support.evidence_files import table_file, word_file
from tests.support.pieces import piece

AT = moment_of(NOW)
TEXT = "联系电话13812345678"


@pytest.fixture
def held(campaign: str, campaign_id: int) -> str:
    with open_session() as session:
        row = piece(session, campaign_id, word_file(TEXT), file_name="名单.docx", media="docx")
        return row.code


def rows(session: Session) -> tuple[list[EvidenceCopy], list[AuditEntry]]:
    entries = select(AuditEntry).where(AuditEntry.what == "evidence-masked")
    return list(session.exec(select(EvidenceCopy))), list(session.exec(entries))


@ON_BOTH
def test_a_copy_made_twice_is_one(held, campaign):
    first = make_masked(campaign, held, "创建办", AT)
    again = make_masked(campaign, held, "创建办", AT)

    assert (first.new, again.new) == (True, False)
    assert first.sha256 == again.sha256 and is_kept(first.sha256)
    assert first.file_name == "名单（遮盖个人信息）.docx"
    with open_session(read_only=True) as session:
        [copy], [entry] = rows(session)
        assert (copy.sha256, copy.purpose, copy.made_by) == (first.sha256, "masked", "创建办")
        assert "13812345678" not in entry.facts


@pytest.mark.parametrize(
    ("code", "by", "error", "says"),
    [
        ("E0009", "创建办", NotFoundError, "没有编号为"),
        ("x", "创建办", NotFoundError, "没有编号为"),
        ("E0001", "张三", ProgressError, "职务"),
    ],
)
def test_what_is_not_there_or_no_post_is_refused(held, campaign, code, by, error, says):
    with pytest.raises(error, match=says):
        make_masked(campaign, code, by, AT)

    with open_session(read_only=True) as session:
        assert rows(session) == ([], [])


def test_a_file_that_cannot_be_masked_leaves_nothing(campaign, campaign_id):
    with open_session() as session:
        row = piece(session, campaign_id, b"%PDF-1.4 x", file_name="坏.pdf", media="pdf")
        code = row.code

    with pytest.raises(ProgressError, match=r"E0001“坏\.pdf”已损坏"):
        make_masked(campaign, code, "创建办", AT)

    with open_session(read_only=True) as session:
        assert rows(session) == ([], [])


def test_a_number_in_the_name_is_masked_in_the_copy_s_name(campaign, campaign_id):
    with open_session() as session:
        name = "名单_13812345678.docx"
        code = piece(session, campaign_id, word_file(TEXT), file_name=name, media="docx").code

    assert (
        make_masked(campaign, code, "创建办", AT).file_name
        == "名单_138××××5678（遮盖个人信息）.docx"
    )


def test_a_place_that_cannot_be_masked_is_named_and_no_copy_is_kept(campaign, campaign_id):
    cells = table_file(("联系电话", 138, 1234, 5678))
    with open_session() as session:
        code = piece(session, campaign_id, cells, file_name="名单.xlsx", media="xlsx").code

    with pytest.raises(ProgressError, match=r"1 个号码遮不到：手机号 138 \*{4} 5678"):
        make_masked(campaign, code, "创建办", AT)

    with open_session(read_only=True) as session:
        assert rows(session) == ([], [])


def test_the_original_is_never_overwritten_by_its_copy(held, campaign, tmp_path):
    original, other = tmp_path / "名单.docx", tmp_path / "副本.docx"
    other.write_bytes(b"older")
    made = make_masked(campaign, held, "创建办", AT)
    content = read_kept(made.original, 1_000_000)
    original.write_bytes(content)

    with pytest.raises(ProgressError, match=r"名单\.docx”就是原件，没有覆盖它"):
        save_masked(made, original)
    save_masked(made, other)

    assert original.read_bytes() == content
    assert other.read_bytes() == made.content


def test_a_file_that_nobody_knows_is_said_to_be_so(campaign, campaign_id):
    with open_session() as session:
        code = piece(session, campaign_id, bytes(range(1, 256)), file_name="乱.bin", media="").code

    with pytest.raises(ProgressError, match="“乱.bin”是认不出来的文件，不能遮盖"):
        make_masked(campaign, code, "创建办", AT)
