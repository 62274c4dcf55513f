"""Writes the film and the sound of the demo: ``python -m example_site.demo.media.make_media``.

Needs Pillow with WebP, and the DejaVu fonts. The files are shipped under the licence of the
package; this is how they came to be. A still picture of lossy WebP is a key frame of VP8, so that
a film needs no further program.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

OUT = Path(__file__).parent / "files"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
WIDTH, HEIGHT = 640, 360
FRAMES_A_SECOND = 2
SCENE = 4  # seconds
QUALITY = 30

SCENES = (
    ("HÒA GIẢI Ở CƠ SỞ", "Ba việc cần nhớ (phim minh họa)", "#14532d"),
    ("1. Tự nguyện", "Không bắt buộc, không áp đặt các bên.", "#1e3a5f"),
    ("2. Kín đáo", "Giữ bí mật thông tin đời tư của các bên.", "#5b2333"),
    ("3. Công bằng", "Khách quan, kịp thời, có lý, có tình.", "#3f3d56"),
    ("Tổ hòa giải ở thôn, tổ dân phố", "Điều 4 Luật Hòa giải ở cơ sở năm 2013", "#14532d"),
)


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size)


def frame(number: int) -> Image.Image:
    second = number / FRAMES_A_SECOND
    title, text, colour = SCENES[int(second // SCENE)]
    image = Image.new("RGB", (WIDTH, HEIGHT), colour)
    draw = ImageDraw.Draw(image)
    draw.ellipse([250, 40, 390, 180], outline="#f2e9d8", width=4)
    # Two people come nearer to each other in each scene.
    near = (second % SCENE) / SCENE * 28
    for x, shade in ((285 + near / 2, "#f4c95d"), (355 - near / 2, "#e07a5f")):
        draw.ellipse([x - 13, 82, x + 13, 108], fill=shade)
        draw.rounded_rectangle([x - 17, 112, x + 17, 156], radius=12, fill=shade)
    draw.text((WIDTH / 2, 228), title, "#ffffff", font(30, bold=True), anchor="mm")
    draw.text((WIDTH / 2, 274), text, "#f2e9d8", font(17), anchor="mm")
    draw.rectangle([0, 350, WIDTH * (second + 0.5) / (SCENE * len(SCENES)), 360], fill="#f4c95d")
    return image


def key_frame(image: Image.Image) -> bytes:
    """The VP8 key frame inside a lossy WebP picture."""
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=6)
    data = file.getvalue()
    at = data.index(b"VP8 ")
    (length,) = struct.unpack("<I", data[at + 4 : at + 8])
    return data[at + 8 : at + 8 + length]


# WebM: https://www.webmproject.org/docs/container/


def element(identifier: int, content: bytes) -> bytes:
    name = identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content


def number(identifier: int, value: int) -> bytes:
    return element(identifier, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def clusters(frames: list[bytes]) -> Iterator[bytes]:
    """One cluster for each second."""
    for first in range(0, len(frames), FRAMES_A_SECOND):
        blocks = b"".join(
            element(
                0xA3,  # SimpleBlock: track 1, milliseconds since the cluster, a key frame
                b"\x81" + struct.pack(">hB", step * 1000 // FRAMES_A_SECOND, 0x80) + data,
            )
            for step, data in enumerate(frames[first : first + FRAMES_A_SECOND])
        )
        yield element(0x1F43B675, number(0xE7, first * 1000 // FRAMES_A_SECOND) + blocks)


def webm(frames: list[bytes]) -> bytes:
    head = element(
        0x1A45DFA3,
        number(0x4286, 1) + number(0x42F7, 1) + number(0x42F2, 4) + number(0x42F3, 8)
        + element(0x4282, b"webm") + number(0x4287, 2) + number(0x4285, 2),
    )  # fmt: skip
    length = len(frames) * 1000 / FRAMES_A_SECOND
    information = element(
        0x1549A966,
        number(0x2AD7B1, 1_000_000) + element(0x4489, struct.pack(">d", length))
        + element(0x4D80, b"wagtail-pbgdpl") + element(0x5741, b"wagtail-pbgdpl"),
    )  # fmt: skip
    picture = element(0xE0, number(0xB0, WIDTH) + number(0xBA, HEIGHT))
    track = number(0xD7, 1) + number(0x73C5, 1) + number(0x83, 1) + element(0x86, b"V_VP8")
    tracks = element(0x1654AE6B, element(0xAE, track + picture))
    parts = list(clusters(frames))
    cues, at = b"", len(information) + len(tracks)
    for second, part in enumerate(parts):
        place = element(0xB7, number(0xF7, 1) + number(0xF1, at))
        cues += element(0xBB, number(0xB3, second * 1000) + place)
        at += len(part)
    return head + element(
        0x18538067, information + tracks + b"".join(parts) + element(0x1C53BB6B, cues)
    )


def film() -> None:
    count = len(SCENES) * SCENE * FRAMES_A_SECOND
    data = webm([key_frame(frame(number)) for number in range(count)])
    (OUT / "phim-ba-viec-can-nho-khi-hoa-giai.webm").write_bytes(data)


def captions() -> None:
    lines = ["WEBVTT", ""]
    for place, (title, text, _colour) in enumerate(SCENES):
        begins, ends = place * SCENE, (place + 1) * SCENE
        lines += [f"00:{begins:02}.000 --> 00:{ends:02}.000", f"{title}: {text}", ""]
    path = OUT / "phim-ba-viec-can-nho-khi-hoa-giai.vtt"
    path.write_text("\n".join(lines), encoding="utf-8")


def sound() -> None:
    """A signature tune of eight bells, five seconds and a half."""
    rate, pause = 11_025, 0.5
    notes = (392.0, 440.0, 523.25, 587.33, 659.25, 587.33, 523.25, 392.0)
    samples = [0.0] * int(rate * (pause * len(notes) + 1.5))
    for place, tone in enumerate(notes):
        begins = int(rate * pause * place)
        for step in range(len(samples) - begins):
            t = step / rate
            bell = math.sin(math.tau * tone * t) + 0.4 * math.sin(math.tau * 2.01 * tone * t)
            samples[begins + step] += bell * math.exp(-3.2 * t)
    loudest = max(map(abs, samples))
    with wave.open(str(OUT / "nhac-hieu-phap-luat-va-doi-song.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", round(26_000 * s / loudest)) for s in samples))


def main() -> None:
    film()
    captions()
    sound()


if __name__ == "__main__":
    main()
