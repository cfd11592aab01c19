"""Make a PDF of a paper: by LibreOffice where it is, else by typst, else one line that says what to install."""

from datetime import datetime

from models.errors import CampaignError
from notifications.paper_blocks import Draft
from tasks.documents.checks import DocumentError
from tasks.documents.libreoffice import has_libreoffice, to_pdf
from tasks.papers.typst_pdf import has_typst, typeset
from tasks.papers.word.marks_in_line import with_marks_in_line

NEITHER = (
    "生成 PDF 需要安装 LibreOffice（Debian：apt install libreoffice-writer），"
    "或运行 pip install 'shifan[pdf]' 装 typst；也可以先写成 .docx，在 WPS 或 Word 里另存为 PDF"
)
OWN = (
    "按本单位模板写的文书，生成 PDF 需要安装 LibreOffice（Debian：apt install libreoffice-writer）；"
    "也可以先写成 .docx，在 WPS 或 Word 里另存为 PDF"
)


def pdf_of(word: bytes, draft: Draft | None, title: str, made_at: datetime) -> tuple[bytes, str]:
    """Return a paper as PDF, and what is to be said of its fonts; raises CampaignError where there is no way.

    Without ``draft`` it was written by an office's own template, which only LibreOffice prints.
    """
    if has_libreoffice():
        try:
            return to_pdf(with_marks_in_line(word), title), ""
        except DocumentError as error:
            raise CampaignError(f"PDF 没有生成，什么也没有写：{error}") from None
    if draft is None:
        raise CampaignError(OWN)
    if has_typst():
        return typeset(draft, made_at)
    raise CampaignError(NEITHER)
