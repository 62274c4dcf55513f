"""Which chapter of a guide is about the page of the admin that somebody is on."""

from __future__ import annotations

from .rendering import Guide

WRITING = (
    "Soạn một tin, bài",
    "Tự soạn và gửi",
    "Tự soạn tin, bài",
    "Tin, bài do Ban Biên tập soạn",
    "Đường đi của một tin, bài",
)
DECIDING = (
    "Phê duyệt",
    "Tiếp nhận, biên tập và chuyển bước tiếp theo",
    "Cho ý kiến",
    "Duyệt đăng",
    "Duyệt đăng theo ủy quyền",
    "Theo dõi",
    "Trang «Xử lý, theo dõi»",
)
FOLLOWING = (
    "Theo dõi",
    "Theo dõi, báo cáo",
    "Theo dõi, đôn đốc",
    "Theo dõi việc của đơn vị",
    "Báo cáo",
    "Nhật ký và sổ theo dõi",
)
ANSWERING = (
    "Hỏi đáp: theo dõi, số liệu, xóa dữ liệu cá nhân",
    "Đăng câu trả lời cho người dân",
    "Câu trả lời có căn cứ pháp lý đã thay đổi",
)
#: The beginning of the name of an address → headings, the first that a guide has. The longest wins.
CHAPTERS: dict[str, tuple[str, ...]] = {
    "wagtailadmin_home": ("Ông/bà thấy gì sau khi đăng nhập",),
    "wagtailadmin_pages:": WRITING,
    "wagtailadmin_explore": WRITING,
    "wagtailadmin_account": ("Thư điện tử",),
    "wagtailusers_users:": ("Cấp tài khoản",),
    "pbgdpl_item": DECIDING,
    "pbgdpl_matter": DECIDING,
    "pbgdpl_matters": FOLLOWING,
    "pbgdpl_waiting": ("Trang đầu: «Việc chờ tôi xử lý»",),
    "pbgdpl_owe": ("Ghi việc phải đăng", *FOLLOWING),
    "pbgdpl_ledger": ("Ghi việc phải đăng", *FOLLOWING),
    "pbgdpl_decisions": FOLLOWING,
    "pbgdpl_quota": FOLLOWING,
    "pbgdpl_changes": ("Thay đổi hiện ngay trên Cổng", "Nhật ký và sổ theo dõi"),
    "pbgdpl_questions": ANSWERING,
    "pbgdpl_delegations:": ("Ủy quyền", "Ghi ủy quyền", "Ủy quyền có hiệu lực khi nào"),
    "pbgdpl_confirm": ("Xác nhận phân công và cách đăng nhập",),
    "pbgdpl_seats:": ("Phân công", "Xác nhận phân công và cách đăng nhập"),
    "pbgdpl_units:": ("Đơn vị",),
    "pbgdpl_succession": ("Đơn vị",),
    "pbgdpl_calendar": ("Lịch làm việc",),
    "pbgdpl_recalculate": ("Lịch làm việc",),
    "pbgdpl_notices": ("Thư thông báo", "Thư điện tử"),
    "pbgdpl_sources:": ("Hệ thống liên kết",),
    "pbgdpl_items": ("Tiếp nhận văn bản và xử lý khác biệt",),
    "pbgdpl_import": ("Nhập toàn văn văn bản",),
    "pbgdpl_full_text": ("Nhập toàn văn văn bản",),
    "pbgdpl_webhooks": ("Nơi nhận thông báo thay đổi",),
    "pbgdpl_consultation": (
        "Góp ý dự thảo, câu hỏi đối thoại",
        "Lấy ý kiến dự thảo, đối thoại trực tuyến",
        "Bản tổng hợp ý kiến, biên bản đối thoại",
    ),
}


def headings_for(view_name: str) -> tuple[str, ...]:
    """Return the headings for the name of an address; none where no chapter is about it."""
    fitting = [begin for begin in CHAPTERS if view_name.startswith(begin)]
    return CHAPTERS[max(fitting, key=len)] if fitting else ()


def place_in(guides: list[Guide], view_name: str) -> tuple[Guide, str]:
    """Return in which guide, and at which anchor of it, somebody reads about an address.

    The first guide without an anchor where none says anything.
    """
    for guide in guides:
        for heading in headings_for(view_name):
            if found := guide.anchor_of(heading):
                return guide, found
    return guides[0], ""
