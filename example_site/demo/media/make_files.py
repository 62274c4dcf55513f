"""Writes the attachments of the demo: ``python -m example_site.demo.media.make_files``.

Needs python-docx, openpyxl, reportlab and the DejaVu fonts. The files are shipped; this is how
they came to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

OUT = Path(__file__).parent / "files"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
DOTS = "." * 84
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def form() -> Document:
    """Return an empty document in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(6)
    return document


def centred(document: Document, text: str, *, bold: bool = False, italic: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic


def signatures(document: Document, *columns: tuple[str, str]) -> None:
    table = document.add_table(rows=1, cols=len(columns))
    for cell, (who, how) in zip(table.rows[0].cells, columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(f"{who}\n").bold = True
        paragraph.add_run(how).italic = True


def information_slip() -> None:
    """The slip of the annex of BK21 (S1)."""
    document = form()
    document.add_paragraph().add_run("TÊN ĐƠN VỊ: ....................").bold = True
    centred(document, NATION, bold=True)
    centred(document, MOTTO, bold=True)
    centred(document, "..........., ngày ..... tháng ..... năm ..........", italic=True)
    centred(
        document,
        "PHIẾU CUNG CẤP THÔNG TIN, DỮ LIỆU CHO\nCỔNG THÔNG TIN ĐIỆN TỬ\n"
        "PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT TỈNH BẮC KẠN",
        bold=True,
    )
    for line in (
        "1. Tên đơn vị:",
        "2. Tác giả: Họ tên, bút danh (nếu có), thông tin liên hệ và số tài khoản:",
        "3. Thông tin cung cấp: Tên bài/tin; sapo; nội dung thông tin, dữ liệu:",
        "4. Văn bản, tài liệu kèm theo:",
        "5. Ảnh:",
        "6. Đề nghị đăng mục:",
    ):
        document.add_paragraph(line)
        document.add_paragraph(DOTS)
    signatures(
        document,
        ("NGƯỜI VIẾT", "(ký, ghi rõ họ tên)"),
        ("XÁC NHẬN CỦA LÃNH ĐẠO ĐƠN VỊ", "(ký, ghi rõ họ tên)"),
    )
    document.save(OUT / "phieu-cung-cap-thong-tin.docx")


def mediation_minutes() -> None:
    document = form()
    centred(document, NATION, bold=True)
    centred(document, MOTTO, bold=True)
    centred(document, "VĂN BẢN HÒA GIẢI THÀNH\n(Mẫu tham khảo)", bold=True)
    for line in (
        "Hôm nay, hồi ..... giờ ..... ngày ..... tháng ..... năm ....., tại ...................",
        "Hòa giải viên (ghi rõ họ và tên, Tổ hòa giải): ..............................",
        "Người được mời tham gia hòa giải (nếu có): ..............................",
        "Các bên: bên A ............................... ; bên B ...............................",
        "1. Nội dung chủ yếu của vụ, việc:",
        DOTS,
        "2. Diễn biến của quá trình hòa giải:",
        DOTS,
        "3. Thỏa thuận đạt được và giải pháp thực hiện:",
        DOTS,
        "4. Phương thức, thời hạn thực hiện thỏa thuận:",
        DOTS,
        "Văn bản được lập thành ..... bản có nội dung như nhau, mỗi bên giữ một bản, "
        "Tổ hòa giải lưu một bản.",
    ):
        document.add_paragraph(line)
    signatures(
        document, *((who, "(ký, ghi rõ họ tên)") for who in ("BÊN A", "BÊN B", "HÒA GIẢI VIÊN"))
    )
    document.save(OUT / "mau-van-ban-hoa-giai-thanh.docx")


def figures() -> None:
    """The figures of the demo's statistical report; they are invented."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Kết quả PBGDPL"
    sheet.append(["KẾT QUẢ PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT (SỐ LIỆU MINH HỌA)"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Hình thức", "Số cuộc/tài liệu", "Số lượt người/bản", "So với cùng kỳ (%)"])
    for row in (
        ("Tuyên truyền trực tiếp", 412, 28650, 106.5),
        ("Thi tìm hiểu pháp luật", 18, 9840, 112.0),
        ("Tài liệu phát miễn phí", 64, 52300, 98.4),
        ("Tin, bài trên Cổng PBGDPL", 236, 184500, 131.2),
        ("Phát trên hệ thống truyền thanh cơ sở", 1280, 0, 104.7),
    ):
        sheet.append(row)
    edge = Side(style="thin")
    for row in sheet.iter_rows(min_row=2, max_row=7):
        for cell in row:
            cell.border = Border(edge, edge, edge, edge)
            cell.number_format = "#,##0.##"
    for cell in (sheet["A1"], *sheet[2]):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for column, width in zip("ABCD", (42, 18, 18, 18), strict=True):
        sheet.column_dimensions[column].width = width
    book.save(OUT / "so-lieu-pbgdpl-6-thang.xlsx")


BODY = ParagraphStyle("body", fontName="DejaVu", fontSize=10.5, leading=16, spaceAfter=6)
TITLE = ParagraphStyle(
    "title", BODY, fontName="DejaVu-Bold", fontSize=15, leading=21, alignment=TA_CENTER
)
HEAD = ParagraphStyle("head", BODY, fontName="DejaVu-Bold", fontSize=11.5, spaceBefore=8)


def pdf(name: str, title: str, content: Sequence[Paragraph | Table | Spacer]) -> None:
    document = SimpleDocTemplate(
        str(OUT / name), pagesize=A4, title=title, author="Nội dung trình diễn", lang="vi",
        leftMargin=2.5 * cm, rightMargin=2 * cm, topMargin=2 * cm, bottomMargin=2 * cm,
        invariant=1,
    )  # fmt: skip
    document.build([Paragraph(title, TITLE), Spacer(0, 12), *content])


def leaflet() -> None:
    parts: list[Paragraph] = []
    for head, lines in (
        (
            "Trợ giúp pháp lý là gì?",
            [
                "Là việc cung cấp dịch vụ pháp lý miễn phí cho người được trợ giúp pháp lý "
                "theo quy định của Luật Trợ giúp pháp lý năm 2017."
            ],
        ),
        (
            "Ai được trợ giúp pháp lý? (Điều 7)",
            [
                "Người có công với cách mạng; người thuộc hộ nghèo; trẻ em.",
                "Người dân tộc thiểu số cư trú ở vùng có điều kiện kinh tế - xã hội đặc biệt "
                "khó khăn.",
                "Người bị buộc tội từ đủ 16 tuổi đến dưới 18 tuổi; người bị buộc tội thuộc "
                "hộ cận nghèo.",
                "Một số trường hợp có khó khăn về tài chính theo quy định của pháp luật.",
            ],
        ),
        (
            "Bạn có quyền gì?",
            [
                "Được trợ giúp pháp lý mà không phải trả tiền, lợi ích vật chất hoặc lợi ích khác.",
                "Được giữ bí mật về nội dung vụ việc trợ giúp pháp lý.",
                "Được lựa chọn tổ chức và người thực hiện trợ giúp pháp lý "
                "tại địa phương trong danh sách được công bố.",
            ],
        ),
        (
            "Cần làm gì?",
            [
                "Liên hệ Trung tâm Trợ giúp pháp lý nhà nước "
                "hoặc Ủy ban nhân dân cấp xã nơi cư trú để được hướng dẫn."
            ],
        ),
    ):
        parts.append(Paragraph(head, HEAD))
        parts.extend(Paragraph(f"• {line}", BODY) for line in lines)
    pdf("to-gap-tro-giup-phap-ly.pdf", "Quyền được trợ giúp pháp lý của bạn", parts)


def explanatory_note() -> None:
    rows = [
        ["Nội dung", "Quy định hiện hành", "Dự thảo"],
        ["Mức chi biên soạn tờ gấp", "Theo mức chung", "Bổ sung mức cho tài liệu song ngữ"],
        ["Chi cho hòa giải viên", "Theo vụ, việc", "Phân biệt vụ, việc hòa giải thành"],
        ["Chi cho tin, bài trên Cổng", "Chưa quy định", "Theo quy định về nhuận bút"],
    ]
    table = Table(
        [[Paragraph(cell, HEAD if i == 0 else BODY) for cell in row] for i, row in enumerate(rows)],
        colWidths=[5 * cm, 5 * cm, 6 * cm],
    )
    table.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.6, "#5A6F8C"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        )
    )
    pdf(
        "thuyet-minh-du-thao-nghi-quyet.pdf",
        "Bản so sánh, thuyết minh dự thảo Nghị quyết",
        [
            Paragraph(
                "Dự thảo Nghị quyết quy định mức chi bảo đảm cho công tác phổ biến, "
                "giáo dục pháp luật và hòa giải ở cơ sở trên địa bàn tỉnh (tài liệu minh họa).",
                BODY,
            ),
            table,
        ],
    )


def signed_original() -> None:
    """The plan of the demo as a scan shows it: on paper, with a hand and a stamp (D4)."""
    page = Canvas(
        str(OUT / "ke-hoach-pho-bien-giao-duc-phap-luat-ban-ky.pdf"), pagesize=A4, invariant=1
    )
    page.setTitle("Kế hoạch phổ biến, giáo dục pháp luật (bản ký)")
    page.setAuthor("Nội dung trình diễn")
    page.setFillColor("#f7f3e8")
    page.rect(0, 0, *A4, stroke=0, fill=1)
    page.setFillColor("#222222")
    width, _height = A4
    for left, top, words, size, bold in (
        (width * 0.27, 27.2, "HỘI ĐỒNG PHỐI HỢP PBGDPL TỈNH", 10, True),
        (width * 0.73, 27.2, NATION, 10, True),
        (width * 0.73, 26.6, MOTTO, 10, True),
        (width / 2, 24.4, "KẾ HOẠCH", 15, True),
        (width / 2, 23.6, "Phổ biến, giáo dục pháp luật trong năm", 12, True),
        (width * 0.72, 11.0, "CHỦ TỊCH HỘI ĐỒNG", 11, True),
        (width * 0.72, 7.4, "Nông Văn Khải", 11, True),
        (
            width / 2,
            2.0,
            "Văn bản minh họa của cổng trình diễn, không có giá trị pháp lý.",
            9,
            False,
        ),
    ):
        page.setFont("DejaVu-Bold" if bold else "DejaVu", size)
        page.drawCentredString(left, top * cm, words)
    page.setFont("DejaVu", 11)
    for row, words in enumerate(
        (
            "1. Phổ biến các luật mới có hiệu lực.",
            "2. Tuyên truyền trong trường học.",
            "3. Tập huấn hòa giải viên ở cơ sở.",
            "4. Truyền thông dự thảo chính sách.",
            "5. Đánh giá chuẩn tiếp cận pháp luật.",
            "6. Hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam.",
        )
    ):
        page.drawString(3 * cm, (21.8 - 0.9 * row) * cm, words)
    page.setStrokeColor("#1d3f9b")
    page.setLineWidth(1.4)
    page.bezier(13.6 * cm, 8.6 * cm, 15 * cm, 11 * cm, 15.2 * cm, 6.9 * cm, 17.8 * cm, 9.6 * cm)
    page.bezier(14.2 * cm, 8.2 * cm, 15.6 * cm, 9.4 * cm, 16 * cm, 8.3 * cm, 18.2 * cm, 8.4 * cm)
    page.setStrokeColor("#b3261e")
    page.setFillColor("#b3261e")
    page.circle(13.4 * cm, 9.1 * cm, 1.7 * cm)
    page.circle(13.4 * cm, 9.1 * cm, 1.45 * cm)
    page.setFont("DejaVu-Bold", 9)
    page.drawCentredString(13.4 * cm, 9 * cm, "BẢN MINH HỌA")
    page.save()


def main() -> None:
    OUT.mkdir(exist_ok=True)
    pdfmetrics.registerFont(TTFont("DejaVu", FONTS / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont("DejaVu-Bold", FONTS / "DejaVuSans-Bold.ttf"))
    information_slip()
    mediation_minutes()
    figures()
    leaflet()
    explanatory_note()
    signed_original()


if __name__ == "__main__":
    main()
