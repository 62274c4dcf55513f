"""One demo page for each page type, and the states of pages, listed one by one."""

from __future__ import annotations

# Page type: address. A type without a row fails ``test_no_page_type_is_forgotten``.
PAGES = {
    "PortalPage": "/",
    "CategoryIndexPage": "/tin-hoat-dong/",
    "QuestionIndexPage": "/hoi-dap-tu-van-phap-luat/",
    "IntegrationPage": "/tich-hop-thong-tin/",
    "StatisticsPage": "/thong-ke-truy-cap-tim-kiem/thong-ke/",
    "SearchPage": "/thong-ke-truy-cap-tim-kiem/tim-kiem/",
    "IntroductionPage": "/gioi-thieu/co-cau-to-chuc-ban-bien-tap/",
    "NewsPage": "/tin-hoat-dong/huong-ung-ngay-phap-luat-viet-nam/",
    "DirectivePage": "/van-ban-chi-dao-huong-dan-bao-cao-thong-ke/"
    "quy-che-trang-ttdt-so-tu-phap-quang-tri-2024/",
    "StatisticalReportPage": "/van-ban-chi-dao-huong-dan-bao-cao-thong-ke/"
    "bao-cao-ket-qua-pbgdpl-6-thang/",
    "GuidancePage": "/huong-dan-ky-thuat-nghiep-vu/ky-nang-hoa-giai-tranh-chap-dat-dai/",
    "MaterialPage": "/tai-lieu-pho-bien-giao-duc-phap-luat/to-gap-quyen-duoc-tro-giup-phap-ly/",
    "AnswerPage": "/hoi-dap-tu-van-phap-luat/hoa-giai-thanh-nhung-khong-thuc-hien/",
    "LegalDocumentPage": "/van-ban-chinh-sach-phap-luat-moi/quyet-dinh-17-2018-qd-ubnd/",
    "LegalBriefPage": "/van-ban-chinh-sach-phap-luat-moi/gioi-thieu-luat-bao-ve-du-lieu-ca-nhan/",
    "CouncilActivityPage": "/hoi-dong-phoi-hop-hoa-giai-chuan-tiep-can-phap-luat/"
    "phien-hop-hoi-dong-phoi-hop-pbgdpl-tinh/",
    "RapporteurListPage": "/hoi-dong-phoi-hop-hoa-giai-chuan-tiep-can-phap-luat/"
    "danh-sach-bao-cao-vien-phap-luat-tinh/",
    "PartyDocumentPage": "/thuc-hien-chi-thi-ket-luan-cua-dang/chi-thi-32-ct-tw/",
    "ResearchPage": "/nghien-cuu-trao-doi/pho-bien-phap-luat-bang-tieng-dan-toc/",
    "ExemplarPage": "/guong-nguoi-tot-viec-tot/nguoi-to-truong-hoa-giai-hai-muoi-nam/",
    "ConsultationPage": "/gop-y-du-thao-van-ban/du-thao-nghi-quyet-muc-chi-pbgdpl/",
    "OtherPage": "/thong-tin-khac/chinh-sach-bao-ve-du-lieu-ca-nhan/",
}

STATES = {
    "list of documents": "/van-ban-chinh-sach-phap-luat-moi/",
    "answer in plain words": "/hoi-dap-tu-van-phap-luat/ho-ngheo-nho-luat-su-tranh-chap-dat/",
    "dialogue": "/gop-y-du-thao-van-ban/doi-thoai-ho-tich-va-dat-dai-vung-cao/",
    "survey": "/thong-tin-khac/khao-sat-muc-do-hai-long-ve-cong/",
    "tag": "/pbgdpl/the/du-thao/",
    "figures of questions": "/pbgdpl/hoi-dap/so-lieu/",
    "list of linked systems": "/pbgdpl/he-thong-lien-ket/",
    "search elsewhere": "/pbgdpl/tim-kiem/noi-khac/?q=luật",
    "closed consultation": "/gop-y-du-thao-van-ban/du-thao-quy-che-cong-ttdt-pbgdpl-2021/",
    "video": "/tin-hoat-dong/phien-toa-gia-dinh-tai-truong-trung-hoc-pho-thong/",
    "introduction with contacts": "/gioi-thieu/thong-tin-lien-he/",
    "listing of a year": "/tin-hoat-dong/?nam=2026",
    "answers of a legal field": "/hoi-dap-tu-van-phap-luat/?linh-vuc=dat-dai&q=hộ",
    "listing with nothing in it": "/tin-hoat-dong/?nam=1999&the=khong-co",
    "services": "/thong-ke-truy-cap-tim-kiem/",
    "search results": "/thong-ke-truy-cap-tim-kiem/tim-kiem/?q=luật",
    "search without results": "/thong-ke-truy-cap-tim-kiem/tim-kiem/?q=zzzz",
    "form of a question": "/pbgdpl/dat-cau-hoi/",
    "form of feedback": "/pbgdpl/gop-y/",
    "look-up of a question": "/pbgdpl/tra-cuu/",
    "accessibility statement": "/pbgdpl/tro-nang/",
    "section for another site": "/pbgdpl/nhung/hoi-dap/",
    "search box for another site": "/pbgdpl/nhung/tim-kiem/",
    "code of the sections": "/pbgdpl/nhung/",
    "description of the API": "/api/pbgdpl/v1/docs/",
    "not found": "/khong-co-trang-nay/",
    "server error": "/broken/",
}

# State whose address bears a number: the page that leads there, and the link.
BEYOND_A_LINK = {
    "form of a comment": ("ConsultationPage", ".pbgdpl-commenting a"),
    "form of a comment on a point": ("ConsultationPage", "a[href$='diem-a/']"),
    "comments": ("ConsultationPage", "a[href$='/y-kien/']"),
    "comments with what became of them": ("closed consultation", "a[href$='/y-kien/']"),
    "form of a survey": ("survey", "a[href*='/khao-sat/']"),
    "changes of a draft": ("ConsultationPage", "a[href*='/thay-doi/']"),
}
