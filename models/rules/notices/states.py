"""What has become of a notice and of a message on its way, in words."""

from collections.abc import Mapping

NOTICE_STATES: Mapping[str, str] = {
    "waiting": "等待发送",
    "posted": "正在发送",
    "sent": "已送达",
    "dead": "没有送达（死信）",
    "unsendable": "没有通道",
    "dropped": "不必再发",
    "silenced": "被静默",
    "acknowledged": "已签收",
    "inhibited": "被阶段预警覆盖",
    "over-budget": "等领导同意",
}
DELIVERY_STATES: Mapping[str, str] = {
    "waiting": "等待发送",
    "delivered": "已送达",
    "dead": "没有送达（死信）",
    "superseded": "不再发送，内容并入以后的消息",
}
