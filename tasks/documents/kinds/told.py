"""What was found out about a file, and the words for files that hold no plan."""

from typing import NamedTuple


class Known(NamedTuple):
    """The kind of a file that is read, or else the words to put behind the name of one that is not."""

    kind: str = ""
    words: str = ""


AS_WORD = "请在 Word 或 WPS 里另存为 .docx 再读"
NO_PLAN = "不是公文"
SHEET = "审核表请另存为 .xlsx 后用 shifan plan load 装入"
ARCHIVE = "是压缩包，请解压后逐个读入"
PICTURE_FILE = "是图片，没有文字"
PICTURE = f"{PICTURE_FILE}；请先做文字识别，或换用 Word 文件"
HEIC = "是苹果手机的 HEIC 照片；请在手机或电脑上转成 .jpg 再读"
ONLY_PICTURES = "的正文里没有文字，只有图片"
SCAN = "是扫描件，没有文字"
NO_CODES = "的字体没有编码，读不出文字"
NO_OCR = "本机没有安装文字识别（pip install 'shifan[ocr]'），请装上后再读，或换用 Word 文件"
NO_WORDS = "文字识别也没有认出文字，请重新扫描得清楚些，或换用 Word 文件"
MAIL = "请打开邮件，把附件另存后再读"
SLIDES = f"是演示文稿，{NO_PLAN}；请把方案另存为 Word 文件再读"
OLD_SHEET = f"是 Excel 97-2003 表格，{NO_PLAN}；{SHEET}"
BROWSER = "请用浏览器或 WPS 打开，另存为 .docx 或 PDF 再读"
LOCKED = "设有打开密码，请去掉密码后再试"
OUTSIDE = "里有外部引用，可能有害，没有打开"
