"""What an office calls the columns of evidence."""

from collections.abc import Mapping

EVIDENCE_FIELDS: Mapping[str, str] = {
    "algorithm": "指纹算法",
    "digest": "另一种算法的指纹",
    "caption": "图片说明",
    "dead": "打不开的网址",
    "effective_on": "生效日",
    "expires_on": "失效日",
    "fact_on": "事实发生日",
    "judged_at": "认定时间",
    "judged_by": "认定人",
    "media": "文件类型",
    "needs_evidence": "是否需要证明材料",
    "passage": "证明段落",
    "promised_on": "承诺日期",
    "provider": "提供单位",
    "provider_id": "提供单位",
    "returned_sha256": "退回件的指纹",
    "to_publish": "是否对外公开",
    "uploaded_by": "上传人",
    "uploaded_on": "上传日期",
    "url": "网址",
    "verdict": "认定",
}
