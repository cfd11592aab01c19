"""Mask one file, whatever its kind, within the guarded process."""

from models.errors import CampaignError
from models.rules.evidence.personal import mask_text
from models.rules.evidence.suffixes import PICTURES, SUFFIXES
from tasks.documents.decoding import decode
from tasks.evidence.examining.media import media_of
from tasks.evidence.masking.masked_pages import mask_pages
from tasks.evidence.masking.masked_parts import mask_package
from tasks.evidence.masking.masked_pictures import UNREADABLE_HERE, mask_picture

PACKAGES = ("docx", "xlsx", "pptx")


def mask_file(_name: str, content: bytes) -> tuple[bytes, str, list[str]]:
    """Return a file without personal numbers, its ending, and notes on it; raises CampaignError where it cannot."""
    media = media_of(content)
    if media in PACKAGES:
        masked, notes = mask_package(content, mask_picture)
        return masked, media, notes
    if media == "pdf":
        masked, notes = mask_pages(content)
        return masked, media, notes
    if media in PICTURES:
        painted = mask_picture(content)
        if painted is None:
            raise CampaignError(UNREADABLE_HERE)
        note = "图片里的号码靠文字识别找到，可能有没认出的，请人工查看副本"
        return painted, media_of(painted), [note]
    if media == "txt":
        return mask_text(decode(content)).encode("utf-8-sig"), "txt", []
    called = f" .{SUFFIXES[media][0]} " if media in SUFFIXES else "认不出来的"
    raise CampaignError(
        f"是{called}文件，不能遮盖；请另存为 .docx、.xlsx、.pptx、.pdf、.txt 或图片，作为新版报来再遮盖"
    )
