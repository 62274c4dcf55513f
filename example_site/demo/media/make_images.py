"""Draws the cover images of the demo: ``python -m example_site.demo.media.make_images``.

Flat landscapes and patterns in calm colours, drawn from fixed seeds, so that the same files come
out each time. The files are shipped; this is how they came to be.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).parent / "images"
SIZE = (1200, 675)
SCALE = 2  # drawn larger and reduced, for smooth edges
WIDTH, HEIGHT = SIZE[0] * SCALE, SIZE[1] * SCALE

Colour = tuple[int, int, int]
Canvas = ImageDraw.ImageDraw


def rgb(value: str) -> Colour:
    return tuple(int(value[i : i + 2], 16) for i in (0, 2, 4))  # type: ignore[return-value]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def sky(draw: Canvas, top: Colour, bottom: Colour, until: float = 1.0) -> None:
    for y in range(int(HEIGHT * until)):
        draw.line([(0, y), (WIDTH, y)], fill=mix(top, bottom, y / (HEIGHT * until)))


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - hills, not secrets


def ridge(rng: random.Random, base: float, height: float, waves: int = 4) -> list[float]:
    """Return the y of a mountain line for each x, from ``waves`` sines."""
    parts = [
        (rng.uniform(0.6, 1.4) * (n + 1), rng.uniform(0, math.tau), height / (n + 1) ** 1.15)
        for n in range(waves)
    ]
    return [
        base + sum(a * math.sin(f * math.tau * x / WIDTH + p) for f, p, a in parts)
        for x in range(0, WIDTH + 8, 8)
    ]


def fill_below(draw: Canvas, line: list[float], colour: Colour, bottom: float = HEIGHT) -> None:
    points = [(i * 8, y) for i, y in enumerate(line)]
    draw.polygon([(0, bottom), *points, (WIDTH, bottom)], fill=colour)


def disc(draw: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)


def hills(draw: Canvas) -> None:
    rng = dice(11)
    sky(draw, rgb("f6ead7"), rgb("f3cfa8"))
    disc(draw, WIDTH * 0.7, HEIGHT * 0.36, 190, rgb("f7b267"))
    for step in range(6):
        line = ridge(rng, HEIGHT * (0.46 + 0.1 * step), 120 - 10 * step)
        fill_below(draw, line, mix(rgb("9db7b0"), rgb("17494d"), step / 5))


def lake(draw: Canvas) -> None:
    rng = dice(5)
    sky(draw, rgb("dcebf0"), rgb("f7f3e6"), 0.62)
    water = HEIGHT * 0.62
    draw.rectangle([0, water, WIDTH, HEIGHT], fill=rgb("8fbac4"))
    for step in range(3):
        line = ridge(rng, HEIGHT * (0.34 + 0.09 * step), 130 - 25 * step, 5)
        colour = mix(rgb("8fb0ae"), rgb("2c6a68"), step / 2)
        fill_below(draw, line, colour, water)
        mirrored = [2 * water - y for y in line]
        points = [(i * 8, y) for i, y in enumerate(mirrored)]
        draw.polygon([(0, water), *points, (WIDTH, water)], fill=mix(colour, rgb("8fbac4"), 0.55))
    for n in range(26):
        y = water + 30 + n * 19
        x = rng.uniform(-0.1, 0.9) * WIDTH
        draw.line([(x, y), (x + rng.uniform(200, 900), y)], fill=rgb("a9cdd3"), width=5)
    x, y = WIDTH * 0.32, HEIGHT * 0.81
    draw.polygon(
        [(x - 210, y), (x + 210, y), (x + 130, y + 42), (x - 130, y + 42)], fill=rgb("5a3d2b")
    )
    draw.polygon([(x - 70, y), (x + 70, y), (x, y - 92)], fill=rgb("d98e4a"))


def terraces(draw: Canvas) -> None:
    rng = dice(23)
    sky(draw, rgb("e8f1ea"), rgb("fbf6e3"))
    fill_below(draw, ridge(rng, HEIGHT * 0.3, 90), rgb("a5c0b4"))
    fill_below(draw, ridge(rng, HEIGHT * 0.38, 70), rgb("7ea695"))
    for step in range(13):
        share = step / 12
        base = HEIGHT * (0.46 + 0.045 * step)
        line = [
            base + 46 * math.sin(x / 310 + step * 0.42) + 20 * math.sin(x / 122 + step)
            for x in range(0, WIDTH + 8, 8)
        ]
        fill_below(draw, line, mix(rgb("e4d58a"), rgb("4f7f45"), share))
        points = [(i * 8, y) for i, y in enumerate(line)]
        draw.line(points, fill=mix(rgb("f6efc4"), rgb("7aa35f"), share), width=7)


def village(draw: Canvas) -> None:
    rng = dice(31)
    sky(draw, rgb("cfe3e6"), rgb("f8efdf"))
    for step in range(3):
        line = ridge(rng, HEIGHT * (0.42 + 0.1 * step), 110 - 20 * step)
        fill_below(draw, line, mix(rgb("a9c4bd"), rgb("4f8579"), step / 2))
    ground = HEIGHT * 0.83
    draw.rectangle([0, ground, WIDTH, HEIGHT], fill=rgb("c9b37a"))
    for x, size in ((430, 1.0), (1060, 1.25), (1790, 0.9)):
        wide, tall = 270 * size, 150 * size
        floor = ground - 78 * size
        for leg in (-0.8, -0.27, 0.27, 0.8):
            post = x + leg * wide / 2
            draw.rectangle([post - 7, floor, post + 7, ground + 10], fill=rgb("5b4030"))
        draw.rectangle([x - wide / 2, floor - tall, x + wide / 2, floor], fill=rgb("a9764c"))
        for window in (-0.28, 0.28):
            middle = x + window * wide
            draw.rectangle(
                [middle - 26 * size, floor - tall * 0.72, middle + 26 * size, floor - tall * 0.22],
                fill=rgb("f2d9a0"),
            )
        roof = [
            (x - wide * 0.68, floor - tall + 12),
            (x - wide * 0.42, floor - tall - 135 * size),
            (x + wide * 0.42, floor - tall - 135 * size),
            (x + wide * 0.68, floor - tall + 12),
        ]
        draw.polygon(roof, fill=rgb("6b4a3a"))


def book(draw: Canvas) -> None:
    sky(draw, rgb("17494d"), rgb("2f7b78"))
    middle, top = WIDTH / 2, HEIGHT * 0.3
    for ring in range(7, 0, -1):
        disc(draw, middle, HEIGHT * 0.42, 90 * ring, mix(rgb("f7d9a0"), rgb("2a6f6d"), ring / 7))
    for side in (-1, 1):
        for leaf in range(4):
            shift = leaf * 16
            outer = middle + side * (620 - shift)
            page = [
                (middle, top + 110 + shift),
                (middle + side * 300, top + 30 + shift),
                (outer, top + 90 + shift),
                (outer, HEIGHT * 0.8 - shift),
                (middle + side * 300, HEIGHT * 0.74 - shift),
                (middle, HEIGHT * 0.84 - shift),
            ]
            draw.polygon(page, fill=mix(rgb("cdbf9f"), rgb("fbf6e8"), leaf / 3))
        for row in range(7):
            y = top + 190 + row * 62
            draw.line(
                [
                    (middle + side * 70, y + 26),
                    (middle + side * 300, y),
                    (middle + side * 500, y + 22),
                ],
                fill=rgb("c9bfa6"),
                width=9,
            )


def shelf(draw: Canvas) -> None:
    rng = dice(8)
    sky(draw, rgb("f4ecdd"), rgb("e9dcc4"))
    colours = [
        rgb(c) for c in ("17494d", "2f7b78", "8fb0ae", "d98e4a", "b4563c", "e0b95b", "5a6f8c")
    ]
    for board in (HEIGHT * 0.5, HEIGHT * 0.94):
        x = 110.0
        while x < WIDTH - 190:
            wide, tall = rng.uniform(46, 104), rng.uniform(300, 500)
            if rng.random() < 0.1:
                x += rng.uniform(70, 150)
                continue
            colour = rng.choice(colours)
            draw.rectangle([x, board - tall, x + wide, board], fill=colour)
            band = mix(colour, rgb("fbf6e8"), 0.6)
            draw.rectangle([x, board - tall * 0.82, x + wide, board - tall * 0.74], fill=band)
            draw.rectangle([x, board - tall * 0.18, x + wide, board - tall * 0.14], fill=band)
            x += wide + 6
        draw.rectangle([60, board, WIDTH - 60, board + 26], fill=rgb("7a5a42"))


def council(draw: Canvas) -> None:
    sky(draw, rgb("e9f0ef"), rgb("d3e2e0"))
    x, y = WIDTH / 2, HEIGHT * 0.53
    disc(draw, x, y, 560, rgb("bcd3d0"))
    colours = [rgb(c) for c in ("17494d", "2f7b78", "d98e4a", "5a6f8c", "b4563c", "8fb0ae")]
    for seat in range(12):
        angle = math.tau * seat / 12 - math.pi / 2
        disc(draw, x + 440 * math.cos(angle), y + 440 * math.sin(angle), 74, colours[seat % 6])
    disc(draw, x, y, 318, rgb("f7f2e4"))
    disc(draw, x, y, 286, rgb("e6dcc2"))
    for seat in range(12):
        angle = math.tau * seat / 12 - math.pi / 2
        px, py = x + 222 * math.cos(angle), y + 222 * math.sin(angle)
        draw.rectangle([px - 24, py - 30, px + 24, py + 30], fill=rgb("fdfaf2"))


def brocade(draw: Canvas) -> None:
    draw.rectangle([0, 0, WIDTH, HEIGHT], fill=rgb("1f3040"))
    colours = [rgb(c) for c in ("b4563c", "e0b95b", "2f7b78", "f4ecdd")]
    step = 270
    for row, y in enumerate(range(135, HEIGHT + step, step)):
        for column, x in enumerate(range(165, WIDTH + step, step)):
            for ring, size in enumerate((128, 94, 60, 28)):
                colour = colours[(ring + row + column % 2) % 4]
                draw.polygon(
                    [(x - size, y), (x, y - size), (x + size, y), (x, y + size)], fill=colour
                )
        line = y + step // 2
        draw.line([(0, line), (WIDTH, line)], fill=rgb("f4ecdd"), width=7)


def papers(draw: Canvas) -> None:
    sky(draw, rgb("dfe8ea"), rgb("c3d4d7"))
    sheets = (("8fb0ae", -210, 70), ("e0cfa4", -70, 30), ("fdfaf2", 80, 0))
    for colour, dx, dy in sheets:
        left, top = WIDTH / 2 - 330 + dx, 150 + dy
        draw.rectangle([left + 16, top + 20, left + 676, HEIGHT + 20], fill=rgb("a9bec1"))
        draw.rectangle([left, top, left + 660, HEIGHT], fill=rgb(colour))
    left, top = WIDTH / 2 - 250, 150
    draw.rectangle([left + 90, top + 90, left + 410, top + 118], fill=rgb("17494d"))
    draw.rectangle([left + 150, top + 146, left + 350, top + 162], fill=rgb("8fb0ae"))
    for row in range(15):
        wide = 500 if row % 4 != 3 else 310
        y = top + 240 + row * 56
        draw.rectangle([left, y, left + wide, y + 14], fill=rgb("cfd6d2"))
    disc(draw, left + 430, top + 900, 88, rgb("b4563c"))
    disc(draw, left + 430, top + 900, 66, rgb("fdfaf2"))
    disc(draw, left + 430, top + 900, 52, rgb("b4563c"))


def network(draw: Canvas) -> None:
    rng = dice(17)
    sky(draw, rgb("13303f"), rgb("1d5560"))
    nodes = [
        (x + rng.uniform(-70, 70), y + rng.uniform(-70, 70))
        for x in range(180, WIDTH, 290)
        for y in range(160, HEIGHT, 260)
    ]
    for i, (x, y) in enumerate(nodes):
        for px, py in nodes[i + 1 :]:
            if math.hypot(px - x, py - y) < 400:
                draw.line([(x, y), (px, py)], fill=rgb("3a7f86"), width=5)
    for i, (x, y) in enumerate(nodes):
        radius = rng.choice((20, 28, 44))
        disc(draw, x, y, radius + 12, rgb("1d5560"))
        disc(draw, x, y, radius, rgb(("f4ecdd", "e0b95b", "8fb0ae", "d98e4a")[i % 4]))


def scales(draw: Canvas) -> None:
    sky(draw, rgb("f4ecdd"), rgb("e6d7b8"))
    x, ink = WIDTH / 2, rgb("17494d")
    disc(draw, x, HEIGHT * 0.47, 470, rgb("efe2c6"))
    draw.rectangle([x - 14, 250, x + 14, HEIGHT * 0.8], fill=ink)
    draw.polygon([(x - 190, HEIGHT * 0.86), (x + 190, HEIGHT * 0.86), (x, HEIGHT * 0.75)], fill=ink)
    draw.rectangle([x - 480, 318, x + 480, 342], fill=ink)
    disc(draw, x, 300, 46, rgb("d98e4a"))
    for side in (-1, 1):
        px = x + side * 470
        for edge in (-1, 1):
            draw.line([(px, 336), (px + edge * 180, 720)], fill=ink, width=9)
        draw.pieslice([px - 210, 570, px + 210, 870], 0, 180, fill=rgb("2f7b78"))


def numbered(draw: Canvas) -> None:
    """An infographic in three fields: a car, the seat of a child, a lock."""
    ink, paper = rgb("17494d"), rgb("fdfaf2")
    third = WIDTH // 3
    for field, colour in enumerate(("f4e3c1", "d7e7e4", "f0d3c2")):
        left, x = field * third, field * third + third / 2
        draw.rectangle([left, 0, left + third, HEIGHT], fill=rgb(colour))
        draw.rectangle([left + 60, 190, left + third - 60, HEIGHT - 90], fill=paper)
        disc(draw, x, 190, 112, rgb("b4563c"))
        for stroke in range(field + 1):
            shift = (stroke - field / 2) * 52
            draw.rectangle([x + shift - 13, 132, x + shift + 13, 248], fill=paper)
    x, y = third / 2, HEIGHT * 0.62
    draw.polygon(
        [(x - 210, y - 40), (x - 120, y - 190), (x + 110, y - 190), (x + 200, y - 40)], fill=ink
    )
    draw.rounded_rectangle([x - 300, y - 60, x + 300, y + 90], 40, fill=ink)
    for side in (-1, 1):
        disc(draw, x + side * 170, y + 100, 76, rgb("1f3040"))
        disc(draw, x + side * 170, y + 100, 34, paper)
        draw.rectangle(
            [x + side * 60 - 44, y - 160, x + side * 60 + 44, y - 60], fill=rgb("8fbac4")
        )
    x += third
    draw.rounded_rectangle([x - 190, y - 250, x + 190, y + 150], 90, fill=ink)
    draw.rounded_rectangle([x - 120, y - 200, x + 120, y + 90], 60, fill=rgb("e0b95b"))
    disc(draw, x, y - 110, 66, rgb("d98e4a"))
    draw.line([(x - 110, y - 30), (x + 40, y + 90)], fill=paper, width=26)
    draw.line([(x + 110, y - 30), (x - 40, y + 90)], fill=paper, width=26)
    x += third
    draw.arc([x - 130, y - 290, x + 130, y - 20], 180, 360, fill=ink, width=52)
    draw.rounded_rectangle([x - 220, y - 150, x + 220, y + 150], 40, fill=ink)
    disc(draw, x, y - 30, 46, rgb("e0b95b"))
    draw.rectangle([x - 18, y - 20, x + 18, y + 80], fill=rgb("e0b95b"))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "can-can": scales,
    "do-hoa-tre-em": numbered,
    "hoa-van": brocade,
    "hoi-dong": council,
    "ho-nui": lake,
    "ket-noi": network,
    "lang-ban": village,
    "nui-doi": hills,
    "ruong-bac-thang": terraces,
    "sach-mo": book,
    "tu-sach": shelf,
    "van-ban": papers,
}
# Even colours with sharp edges.
FLAT = frozenset({"do-hoa-tre-em"})


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        image = Image.new("RGB", (WIDTH, HEIGHT))
        scene(ImageDraw.Draw(image))
        reduced = image.resize(SIZE, Image.Resampling.LANCZOS)
        if name in FLAT:
            reduced.quantize(48).save(OUT / f"{name}.png", optimize=True)
        else:
            reduced.save(OUT / f"{name}.jpg", quality=80, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
