"""Files that do harm to who reads them carelessly, and the same without harm. Pure."""

from __future__ import annotations

import io
import zipfile
import zlib

SENTENCE = "Hoa giai vien nhan thu lao theo quy dinh"


def pdf(*pages: str, more: str = "") -> bytes:
    """Return a PDF with a line on each page; ``more`` stands in its catalogue."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {more} >>".encode()]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, line in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream(f"BT /F1 12 Tf 50 700 Td ({line}) Tj ET".encode()))
    return assembled(objects)


def stream(content: bytes, said: str = "") -> bytes:
    return f"<< /Length {len(content)} {said} >>\nstream\n".encode() + content + b"\nendstream"


def assembled(objects: list[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + one + b"\nendobj\n")
    begin = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010} 00000 n \n".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{begin}\n%%EOF".encode())
    return out.getvalue()


def with_script() -> bytes:
    action = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://192.0.2.1/'\\)) >>"
    return pdf(SENTENCE, more=action)


def with_endless_object() -> bytes:
    """Return a PDF whose page draws itself, and whose tree of pages has itself as a child."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 1000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /XObject << /X 4 0 R >> >> >>",
        stream(
            b"/X Do /X Do", "/Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >>"
        ),
    ]
    return assembled(objects)


def with_packed_stream(megabytes: int) -> bytes:
    """Return a small PDF whose page is huge once unpacked."""
    line = b"BT /F1 12 Tf (abc) Tj ET\n"
    packed = zlib.compress(line * (megabytes * 1024 * 1024 // len(line)), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        stream(packed, "/Filter /FlateDecode"),
    ]
    return assembled(objects)


def bomb() -> bytes:
    """Return a Word file of some kilobytes that is huge once unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _number in range(64):
                part.write(b" " * 1024 * 1024)
    return out.getvalue()
