from __future__ import annotations

from pathlib import Path

import pytest

from wagtail_pbgdpl.regulations import Regulation, load


@pytest.fixture
def write(tmp_path: Path):
    """A function that writes a profile and returns its path."""

    def write_profile(text: str, name: str = "tinh.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_profile


@pytest.fixture(scope="session")
def regulations() -> dict[str, Regulation]:
    """The shipped profiles by the short names of the requirements."""
    return {
        "BK21": load("bac_kan_pbgdpl_2021"),
        "BK18": load("bac_kan_portal_2018"),
        "BP20": load("binh_phuoc_2020"),
        "QT24": load("quang_tri_2024"),
        "LC19": load("lao_cai_2019"),
    }
