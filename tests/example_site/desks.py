"""Seats four people of one unit in an empty portal: ``python -m tests.example_site.desks``."""

from __future__ import annotations

import django

django.setup()

from tests.factories import SeatFactory, UnitFactory, UserFactory  # noqa: E402

PEOPLE = ("lan", "minh", "ngoc", "phuong")


def main() -> None:
    unit = UnitFactory()
    for name in PEOPLE:
        SeatFactory(user=UserFactory(username=name), role="contact_officer", unit=unit)


if __name__ == "__main__":
    main()
