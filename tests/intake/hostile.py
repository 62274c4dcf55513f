"""What is sent to harm: the same for each form of the public."""

from __future__ import annotations

import unicodedata

from tests.intake.test_files import HTML, PROGRAM, SVG

SCRIPT = "<script>alert(1)</script>"
#: Texts by what they are, with what is kept of them; ``None``: they are refused.
TEXTS: dict[str, tuple[str, str | None]] = {
    "a script": (SCRIPT, SCRIPT),
    "a word of ten thousand letters": ("ả" * 10_000, "ả" * 10_000),
    "decomposed": (unicodedata.normalize("NFD", "Thừa kế đất đai"), "Thừa kế đất đai"),
    "longer than anybody reads": ("a " * 10_001, None),
    "a null byte": ("Nên\x00 bỏ", None),
    "letters that turn the line": ("Nên \u202ebỏ\u202c", "Nên \u202ebỏ\u202c"),
    "a formula": ('=HYPERLINK("http://x.example")', '=HYPERLINK("http://x.example")'),
    "a template": ("{{ 7|add:7 }}{% debug %}", "{{ 7|add:7 }}{% debug %}"),
}
#: Files that are refused, by name.
FILES: dict[str, bytes] = {
    "x.svg": SVG,
    "don.pdf": HTML,
    "don\u202efdp.exe": PROGRAM,
    f"{SCRIPT}.html": HTML,
    "../../../x.php": b"<?php",
}
