"""The first wordings of what an asker agrees to; a site lays down later ones of its own."""

from __future__ import annotations

import datetime
from typing import Any

SINCE = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
VERSION = "2026-01"
WHAT = {"question": "câu hỏi", "feedback": "góp ý", "petition": "phản ánh, kiến nghị"}
TEXT = """\
Khi gửi {what}, tôi đồng ý để Ban Biên tập Cổng và cơ quan, đơn vị được giao xử lý {what} của tôi \
xử lý dữ liệu cá nhân như sau:

Dữ liệu: họ và tên; thông tin liên hệ; nội dung và tệp do tôi gửi.

Mục đích: tiếp nhận, chuyển đến đơn vị có thẩm quyền, trả lời, thông báo kết quả và để tôi tra cứu \
tình trạng xử lý. Dữ liệu không được dùng vào mục đích khác. Thông tin liên hệ không được công \
khai; họ và tên chỉ được công khai cùng câu trả lời khi tôi đồng ý riêng về việc này.

Thời hạn lưu: thông tin liên hệ được mã hóa khi lưu. Dữ liệu cá nhân được lưu trong 730 ngày kể từ \
ngày kết thúc việc xử lý, sau đó được xóa, trừ trường hợp pháp luật có quy định khác.

Quyền của tôi theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15: được biết về hoạt động xử lý dữ \
liệu cá nhân; đồng ý, không đồng ý hoặc rút lại sự đồng ý; xem, chỉnh sửa hoặc yêu cầu chỉnh sửa; \
yêu cầu cung cấp, xóa, hạn chế xử lý; phản đối việc xử lý; khiếu nại, tố cáo, khởi kiện, yêu cầu bồi \
thường thiệt hại theo quy định của pháp luật. Để thực hiện các quyền này, tôi liên hệ cơ quan \
thường trực của Cổng theo địa chỉ ở cuối trang. Việc rút lại sự đồng ý không ảnh hưởng đến việc xử \
lý đã thực hiện trước đó."""


def lay_down(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("wagtail_pbgdpl", "ConsentText")
    for purpose, what in WHAT.items():
        said = {"purpose": purpose, "text": TEXT.format(what=what), "since": SINCE}
        texts.objects.get_or_create(version=f"{purpose}-{VERSION}", defaults=said)
