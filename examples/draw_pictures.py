"""Draws the pictures of the example archive: flat landscapes, still lifes and charts. Same output every time.

python examples/draw_pictures.py
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

MEDIA = Path(__file__).parent / "wyssbacher-tagblatt" / "media"
WIDTH, HEIGHT, SCALE = 600, 400, 2
Colour = tuple[int, int, int]
Point = tuple[float, float]


def hexa(code: str) -> Colour:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


class Sheet:
    """A canvas in picture coordinates, drawn twice as large and scaled down so that edges are smooth."""

    def __init__(self, top: str, bottom: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.size = size
        self.image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE))
        self.draw = ImageDraw.Draw(self.image)
        self.gradient(0, size[1], top, bottom)

    def gradient(self, y0: float, y1: float, top: str, bottom: str) -> None:
        a, b = hexa(top), hexa(bottom)
        for y in range(int(y0 * SCALE), int(y1 * SCALE)):
            t = (y - y0 * SCALE) / max(1, (y1 - y0) * SCALE)
            colour = tuple(round(p + (q - p) * t) for p, q in zip(a, b, strict=True))
            self.draw.line([(0, y), (self.size[0] * SCALE, y)], fill=colour)

    def poly(self, points: Sequence[Point], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=hexa(fill))

    def box(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0) -> None:
        self.draw.rounded_rectangle(
            [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE], radius * SCALE, fill=hexa(fill)
        )

    def disc(self, x: float, y: float, rx: float, fill: str, ry: float = 0) -> None:
        ry = ry or rx
        self.draw.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=hexa(fill))

    def line(self, points: Sequence[Point], fill: str, width: float = 2) -> None:
        spots = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(spots, fill=hexa(fill), width=round(width * SCALE), joint="curve")

    def text(self, x: float, y: float, words: str, fill: str, size: int = 14, anchor: str = "lm") -> None:
        font = ImageFont.load_default(size * SCALE)
        self.draw.text((x * SCALE, y * SCALE), words, fill=hexa(fill), font=font, anchor=anchor)

    def ridge(self, base: float, swing: float, seed: int, fill: str, rough: float = 1.0) -> None:
        """A chain of hills from edge to edge, filled down to the bottom."""
        dice = random.Random(seed)
        waves = [(swing / n, dice.uniform(0.6, 1.4) * n * rough / 100, dice.uniform(0, 6.3)) for n in (1, 2, 3, 5)]
        points = [
            (float(x), base - sum(a * math.sin(f * x + p) for a, f, p in waves)) for x in range(0, self.size[0] + 4, 4)
        ]
        self.poly([(0, self.size[1]), *points, (self.size[0] + 4, self.size[1])], fill)

    def water(self, top: float, light: str, dark: str, seed: int) -> None:
        self.gradient(top, self.size[1], light, dark)
        dice = random.Random(seed)
        for _ in range(60):
            y = dice.uniform(top + 4, self.size[1])
            x, w = dice.uniform(0, self.size[0]), dice.uniform(10, 50) * (y - top + 30) / 150
            self.line([(x, y), (x + w, y)], light, 1)

    def house(self, x: float, y: float, w: float, h: float, wall: str, roof: str) -> None:
        self.box(x, y - h, w, h, wall)
        self.poly([(x - 6, y - h), (x + w / 2, y - h - w * 0.5), (x + w + 6, y - h)], roof)
        for column in range(2):
            self.box(x + w * (0.2 + 0.4 * column), y - h * 0.7, w * 0.2, h * 0.3, "2b3440")

    def fir(self, x: float, y: float, h: float, fill: str) -> None:
        self.box(x - h * 0.03, y - h * 0.15, h * 0.06, h * 0.15, "5b4636")
        for step in range(3):
            top, wide = y - h + step * h * 0.22, h * (0.16 + 0.07 * step)
            self.poly([(x, top), (x - wide, top + h * 0.42), (x + wide, top + h * 0.42)], fill)

    def person(self, x: float, y: float, h: float, coat: str, skin: str = "d9b79a") -> None:
        self.box(x - h * 0.07, y - h * 0.4, h * 0.06, h * 0.4, "30363f")
        self.box(x + h * 0.01, y - h * 0.4, h * 0.06, h * 0.4, "30363f")
        self.box(x - h * 0.12, y - h * 0.78, h * 0.24, h * 0.42, coat, h * 0.07)
        self.disc(x, y - h * 0.88, h * 0.09, skin)

    def save(self, name: str) -> None:
        path = MEDIA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        small = self.image.resize(self.size, Image.Resampling.LANCZOS)
        if name.endswith(".png"):
            small.quantize(48).save(path, optimize=True)
        else:
            small.save(path, quality=78, optimize=True, progressive=True)


def cable_car() -> Sheet:
    s = Sheet("9cc7e4", "f3f0e2")
    s.disc(500, 80, 34, "fff3c4")
    s.ridge(230, 60, 3, "a9bccb")
    s.ridge(290, 45, 8, "7f9a86")
    s.ridge(350, 30, 5, "55754f")
    for n, x in enumerate(range(20, 600, 46)):
        s.fir(x + 7 * (n % 3), 385 - 9 * (n % 4), 60 + 9 * (n % 5), "3c5a41")
    s.line([(-10, 250), (610, 60)], "39424c", 3)
    s.line([(315, 150), (315, 196)], "39424c", 4)
    s.box(258, 194, 114, 70, "c8372d", 12)
    for n in range(3):
        s.box(268 + 33 * n, 204, 28, 28, "d7ebf5", 4)
    s.box(258, 240, 114, 8, "f6f2e8")
    return s


def ropery() -> Sheet:
    s = Sheet("6d5a4a", "4a3c31")
    for n in range(7):
        s.box(30 + 84 * n, 40, 52, 74, "f0dca8" if n % 2 else "e6cf95")
        s.line([(56 + 84 * n, 40), (56 + 84 * n, 114)], "54453a", 3)
    s.poly([(0, 400), (0, 300), (600, 250), (600, 400)], "7b6754")
    for n in range(5):
        s.line([(0, 262 + 18 * n), (600, 226 + 7 * n)], "d8bd84" if n % 2 else "c7a868", 7)
    s.disc(96, 250, 66, "39322c")
    s.disc(96, 250, 50, "8b7a68")
    for n in range(8):
        angle = n * math.pi / 4
        s.line([(96, 250), (96 + 58 * math.cos(angle), 250 + 58 * math.sin(angle))], "39322c", 5)
    s.person(430, 380, 190, "3f5f7d")
    return s


def buffet() -> Sheet:
    s = Sheet("3b2a20", "5a4030")
    for n in range(9):
        s.box(n * 68, 0, 64, 210, "6b4c36")
        s.box(n * 68 + 8, 20, 48, 170, "5d412f")
    s.disc(300, 62, 40, "f4e6bf")
    s.disc(300, 62, 34, "fbf6e6")
    s.line([(300, 62), (300, 36)], "30251d", 4)
    s.line([(300, 62), (318, 72)], "30251d", 4)
    s.disc(300, 336, 230, "8a6242", 60)
    s.disc(300, 328, 230, "a5764f", 56)
    for x, y in ((190, 320), (300, 342), (398, 316), (250, 300), (352, 298)):
        s.box(x - 9, y - 44, 18, 44, "e9d9a8", 4)
        s.box(x - 9, y - 26, 18, 24, "a02d3a", 4)
    return s


def station() -> Sheet:
    s = Sheet("b9d6e8", "eef3f4")
    s.ridge(220, 40, 11, "a8bfa9")
    s.box(40, 170, 520, 150, "e7e2d6")
    s.poly([(20, 172), (90, 112), (510, 112), (580, 172)], "9fc3cf")
    for n in range(11):
        s.line([(60 + 48 * n, 172), (112 + 38 * n, 112)], "6b8d99", 2)
    for n in range(6):
        s.box(66 + 82 * n, 200, 56, 90, "567d8f", 3)
    s.box(0, 318, 600, 82, "8b8f92")
    s.box(0, 352, 600, 6, "f0e9d2")
    s.box(0, 378, 600, 5, "50565b")
    for x, coat in ((120, "a84a3d"), (168, "3f5f7d"), (420, "6b7d3f"), (505, "54406b")):
        s.person(x, 352, 70, coat)
    s.disc(300, 150, 18, "ffffff")
    s.line([(300, 150), (300, 139)], "222222", 2)
    s.line([(300, 150), (307, 154)], "222222", 2)
    return s


def elder() -> Sheet:
    s = Sheet("cfe3c8", "8fb37a")
    s.ridge(300, 24, 4, "7aa165")
    for stem, (x, y) in enumerate(((140, 150), (300, 110), (455, 160), (225, 235), (390, 250))):
        s.line([(x, y), (300, 420)], "4f6b3a", 4)
        s.disc(x - 60, y + 60, 46, "5f8a46", 18)
        s.disc(x + 60, y + 64, 46, "6c9850", 18)
        dice = random.Random(stem)
        for _ in range(110):
            angle, far = dice.uniform(0, 6.28), dice.uniform(0, 1) ** 0.6
            s.disc(x + 70 * far * math.cos(angle), y + 34 * far * math.sin(angle), 5, "fdfbf0")
        for _ in range(30):
            s.disc(x + dice.uniform(-55, 55), y + dice.uniform(-24, 24), 1.6, "e3d27a")
    return s


def museum() -> Sheet:
    s = Sheet("26303d", "1b222c")
    for row in range(4):
        for column in range(10):
            s.box(14 + 58 * column, 20 + 48 * row, 52, 42, "5d4a3a", 2)
            s.disc(40 + 58 * column, 41 + 48 * row, 4, "c9a867")
    s.poly([(210, 400), (300, 150), (390, 400)], "51504a")
    s.box(0, 300, 600, 100, "3a3430")
    for n in range(6):
        colour = ("b8483c", "d8a03c", "4f7f6b", "46698f", "8a5a88", "b0753c")[n]
        s.box(16 + 97 * n, 318 + 14 * (n % 2), 84, 52, colour, 22)
        s.disc(58 + 97 * n, 318 + 14 * (n % 2), 15, "e2c3a6")
    return s


def lisbon(kind: int) -> Sheet:
    s = Sheet(*(("f6c99a", "fbe9cc"), ("9cd0ea", "eaf5f7"), ("5b5b8d", "e79a74"))[kind])
    if kind == 2:
        s.disc(440, 70, 34, "fbd38a")
    walls = ("e8b9a0", "f3dfae", "a8c9cf", "e6e0d4", "d99a7c")
    for n in range(8):
        tall = 120 + 50 * ((n * 5) % 4)
        x, top = n * 78 - 10, 330 - tall
        s.box(x, top, 76, tall + 70, walls[n % 5])
        s.box(x, top - 10, 76, 12, "b5583c")
        for row in range(tall // 46):
            for column in range(2):
                s.box(x + 14 + 32 * column, top + 16 + 46 * row, 16, 26, "6b7f8c")
    s.box(0, 340, 600, 60, "8f8980")
    if kind == 0:
        s.box(190, 236, 190, 104, "f0c63c", 14)
        s.box(190, 286, 190, 14, "ffffff")
        for n in range(4):
            s.box(204 + 44 * n, 250, 34, 30, "39505e", 3)
        for x in (230, 340):
            s.disc(x, 342, 15, "333333")
        s.line([(285, 236), (330, 170)], "444444", 3)
    elif kind == 1:
        s.line([(0, 150), (600, 176)], "555555", 2)
        for n in range(9):
            s.box(20 + 64 * n, 152 + 3 * n, 40, 56, ("ffffff", "f4f4f0")[n % 2], 3)
    else:
        for n in range(7):
            s.box(60 + 70 * n, 340 + 8 * n, 600, 8, "a39d92")
    return s


def lapwing() -> Sheet:
    s = Sheet("c4d4da", "e9e6d4")
    s.ridge(210, 18, 21, "9fae88")
    s.box(0, 240, 600, 160, "86704f")
    for n in range(12):
        s.line([(n * 70 - 120, 400), (n * 42 + 40, 240)], "75603f", 5)
    s.line([(290, 300), (282, 356)], "8a3b2b", 5)
    s.line([(318, 300), (322, 356)], "8a3b2b", 5)
    s.disc(310, 262, 82, "2f4a44", 46)
    s.disc(300, 280, 62, "f5f3ec", 30)
    s.poly([(372, 250), (452, 226), (440, 262), (380, 278)], "22332f")
    s.disc(244, 206, 36, "23302c", 33)
    s.disc(240, 216, 24, "efece2", 18)
    s.poly([(210, 208), (180, 216), (212, 218)], "3a3a3a")
    s.line([(256, 178), (292, 140), (318, 138)], "23302c", 5)
    s.disc(232, 202, 5, "0f0f0f")
    return s


def cinema() -> Sheet:
    s = Sheet("1d2440", "4d4a6b")
    dice = random.Random(9)
    for _ in range(70):
        s.disc(dice.uniform(0, 600), dice.uniform(0, 190), dice.choice((0.8, 1.2, 1.7)), "f4efd6")
    s.ridge(300, 30, 6, "262a3d")
    s.box(60, 200, 270, 120, "3f6b4a", 10)
    s.box(330, 240, 84, 80, "35593f", 10)
    s.box(344, 252, 50, 34, "bcd4dc", 5)
    for x in (120, 270, 372):
        s.disc(x, 326, 24, "17191f")
        s.disc(x, 326, 9, "8f9399")
    s.poly([(414, 230), (600, 90), (600, 310), (414, 250)], "8e8a78")
    s.box(96, 222, 120, 44, "e8dfc2", 4)
    s.text(156, 244, "WANDERKINO", "2c3b2f", 15, "mm")
    s.box(0, 348, 600, 52, "20222b")
    return s


def boeoegg() -> Sheet:
    s = Sheet("2a2d44", "b4623f")
    s.ridge(330, 14, 2, "1d1d27")
    for n in range(16):
        s.line([(210 + 12 * n, 400), (300 + 6 * (n - 8), 292)], "5a3d2a", 7)
    s.disc(300, 230, 62, "d9bb82", 74)
    s.disc(300, 128, 44, "e2c893")
    for n in range(9):
        s.line([(242 + n * 3, 190 + 12 * n), (358 - n * 3, 182 + 12 * n)], "ab8a52", 4)
    s.line([(250, 200), (190, 160)], "c9a96d", 14)
    s.line([(350, 200), (410, 160)], "c9a96d", 14)
    s.box(270, 66, 60, 36, "2b2320", 3)
    s.box(252, 98, 96, 9, "2b2320", 3)
    for x in (284, 316):
        s.disc(x, 122, 5, "2b2320")
    s.line([(282, 146), (318, 146)], "2b2320", 3)
    for n, x in enumerate((250, 276, 304, 330, 352)):
        s.poly([(x - 14, 392), (x, 318 - 12 * (n % 2)), (x + 14, 392)], ("f0a030", "f7cf5a")[n % 2])
    for x in (40, 84, 520, 560):
        s.person(x, 396, 84, "15151c", "6b4a3a")
    return s


def portrait() -> Sheet:
    s = Sheet("d8dfe3", "aebdc6")
    s.disc(470, 150, 90, "c3d0d7")
    for n in range(3):
        s.disc(110 + 60 * n, 300, 54, "8a97a0")
        s.disc(110 + 60 * n, 300, 46, "b9c6ce")
    s.poly([(140, 400), (176, 318), (258, 286), (342, 286), (424, 318), (460, 400)], "2f5d63")
    s.box(268, 244, 64, 60, "8a5c3c")
    s.disc(300, 186, 66, "96653f", 82)
    s.poly([(236, 166), (246, 110), (300, 92), (354, 110), (364, 166), (340, 132), (262, 132)], "1d1714")
    s.poly([(272, 292), (300, 344), (328, 292)], "f0ede4")
    return s


def residents() -> Sheet:
    s = Sheet("ffffff", "ffffff", (640, 400))
    s.text(30, 30, "Einwohner der vier Gemeinden", "222222", 19)
    lines = {
        "Wyssbach": ("b3392f", (9120, 9410, 9875, 10560, 11430)),
        "Mettligen": ("2f6f8f", (3410, 3480, 3560, 3700, 3922)),
        "Grundlach": ("6f8f2f", (2280, 2290, 2315, 2350, 2401)),
        "Oberhalden": ("8f6f2f", (2190, 2170, 2133, 2110, 2087)),
    }
    for n in range(7):
        y = 360 - n * 50
        s.line([(60, y), (520, y)], "dddddd", 1)
        s.text(52, y, f"{n * 2000}", "666666", 12, "rm")
    for n, year in enumerate((1992, 1997, 2002, 2007, 2012)):
        s.text(70 + 110 * n, 378, str(year), "666666", 12, "mm")
    for name, (colour, values) in lines.items():
        points = [(70 + 110.0 * n, 360 - value / 40) for n, value in enumerate(values)]
        s.line(points, colour, 3)
        for x, y in points:
            s.disc(x, y, 4, colour)
        s.text(522, points[-1][1] + (8 if name == "Oberhalden" else -6), name, colour, 13)
    return s


def ice_days() -> Sheet:
    s = Sheet("f4f8fa", "f4f8fa", (640, 400))
    s.text(30, 30, "Tage mit tragendem Eis", "22333d", 19)
    values = (41, 38, 36, 44, 33, 29, 37, 31, 24, 18, 22, 9, 4, 0, 0)
    for n, value in enumerate(values):
        x = 44 + 38 * n
        s.box(x, 350 - value * 6, 28, value * 6 + 1, "5b93ad")
        s.text(x + 14, 366, str(1870 + 10 * n)[2:] + "er", "55666f", 11, "mm")
        s.text(x + 14, 340 - value * 6, str(value), "22333d", 11, "mm")
    s.line([(36, 351), (620, 351)], "22333d", 2)
    return s


def lake_evening() -> Sheet:
    s = Sheet("5d7fa8", "f3c79b")
    s.disc(420, 190, 30, "fde7b0")
    s.ridge(220, 46, 14, "6d7f93")
    s.ridge(244, 22, 17, "4d6270")
    s.water(256, "c8b9a3", "3d5568", 5)
    s.box(60, 300, 240, 8, "5a4634")
    for x in range(70, 300, 36):
        s.box(x, 300, 6, 46, "49392b")
    s.person(250, 300, 66, "8a3f3a")
    s.poly([(380, 318), (500, 318), (482, 340), (398, 340)], "6a3d2c")
    s.line([(440, 318), (440, 240)], "3b2f28", 3)
    s.poly([(444, 244), (444, 312), (492, 312)], "f6efe0")
    return s


PICTURES: dict[str, Callable[[], Sheet]] = {
    "seilbahn.jpg": cable_car,
    "seilerei.jpg": ropery,
    "bahnhof.jpg": buffet,
    "2008/04/bahnhof.jpg": station,
    "2009/05/holunder.jpg": elder,
    "2009/10/museum.jpg": museum,
    "2010/11/lissabon-bahn.jpg": lambda: lisbon(0),
    "2010/11/lissabon-waesche.jpg": lambda: lisbon(1),
    "2010/11/lissabon-treppe.jpg": lambda: lisbon(2),
    "2011/03/kiebitz.jpg": lapwing,
    "2012/08/seebuehne.jpg": lake_evening,
    "2013/02/einwohner.png": residents,
    "2014/03/kino.jpg": cinema,
    "2016/02/boeoegg.jpg": boeoegg,
    "2017/01/eis.png": ice_days,
    "2019/05/wahl.jpg": portrait,
}


def main() -> None:
    for name, draw in PICTURES.items():
        draw().save(name)


if __name__ == "__main__":
    main()
