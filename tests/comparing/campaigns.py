"""Comments on a draft, of which many are copies of a few texts, as campaigns send them."""

from __future__ import annotations

import random

from tests.comparing.drafts import _real
from wagtail_pbgdpl.core.text import fold

CAMPAIGNS = (1500, 700, 400, 250, 100, 50)
HELLO = (
    "Kính gửi cơ quan soạn thảo,",
    "Kính thưa quý cơ quan!",
    "Thưa các anh chị,",
    "Xin chào.",
    "",
)
BYE = (
    "Trân trọng cảm ơn. {}",
    "Tôi xin cảm ơn! Người góp ý: {}",
    "Kính mong được xem xét. {}, xã Phủ Thông",
    "",
)
NAMES = ("Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Nông Đức", "Hoàng Thị", "Lý A", "Triệu Thị")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Lan", "Minh", "Sơn", "Tâm", "Vân")


def corpus(seed: int, of: tuple[int, ...] = CAMPAIGNS, single: int = 2000) -> list[tuple[int, str]]:
    """Return comments in any order, each with the number of its campaign, or one of its own."""
    chance = random.Random(seed)  # noqa: S311
    made = []
    for number, size in enumerate(of):
        text = opinion(chance, sentences=3 + number % 3)
        made += [(number, copy_of(text, chance)) for _one in range(size)]
    made += [(1000 + one, opinion(chance, sentences=chance.randint(1, 5))) for one in range(single)]
    chance.shuffle(made)
    return made


def opinion(chance: random.Random, sentences: int) -> str:
    """Return an opinion of its own; it may quote a clause that others quote too."""
    said = [f"Tại {chance.choice(('khoản', 'điểm', 'Điều'))} {chance.randint(1, 40)}, tôi đề nghị"]
    words = _words()
    for _one in range(sentences):
        places = [chance.randrange(len(words) - 5) for _few in range(chance.randint(3, 6))]
        few = (" ".join(words[at : at + chance.randint(2, 4)]) for at in places)
        said.append(f"{' '.join(few)}.")
    if chance.random() < 0.2:
        _title, clauses = chance.choice(_real()[:20])
        said.insert(1, f"«{clauses[0][0][:200]}»")
    return " ".join(said)


def copy_of(text: str, chance: random.Random) -> str:
    """As somebody sends it who was given the text: greeting, name, words, typing, accents."""
    words = text.split()
    # Whoever takes a «not» out has another opinion.
    free = [at for at, word in enumerate(words) if fold(word).lower() not in {"khong", "chua"}]
    for _one in range(chance.choice((0, 0, 1, 2, len(words) // 15))):
        words[chance.choice(free)] = chance.choice(("rất", "cần", "phải", "nên", "ngay"))
    for _one in range(chance.choice((0, 0, 1, 3))):
        at = chance.choice(free)
        words[at] = _typed(words[at], chance)
    name = f"{chance.choice(NAMES)} {chance.choice(GIVEN)}"
    whole = [chance.choice(HELLO), " ".join(words), chance.choice(BYE).format(name)]
    sent = chance.choice((" ", "\n")).join(filter(None, whole))
    return fold(sent) if chance.random() < 0.15 else sent


def _typed(word: str, chance: random.Random) -> str:
    at = chance.randrange(max(1, len(word)))
    return word[:at] + chance.choice(("", word[at : at + 1] * 2, "x")) + word[at + 1 :]


def _words() -> list[str]:
    return " ".join(text for _t, clauses in _real() for text, _points in clauses).split()
