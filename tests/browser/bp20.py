"""Seats an editorial board of BP20 in an empty portal: ``python -m tests.browser.bp20``."""

from __future__ import annotations

import datetime

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.browser.desk import PASSWORD  # noqa: E402
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit  # noqa: E402
from wagtail_pbgdpl.regulations.active import get_regulation  # noqa: E402
from wagtail_pbgdpl.worktime.active import today  # noqa: E402

NAMES = {
    "canbodaumoi": "contact_officer",
    "thutruong": "unit_head",
    "thanhvien": "member",
    "thuky": "secretary",
    "truongban": "chief",
    "photruongban": "deputy_chief",
}


def main() -> None:
    everything = list(get_regulation().categories)
    unit = Unit.objects.create(
        code="phong-tu-phap", name="Phòng Tư pháp huyện", categories=everything
    )
    seats = {}
    for username, role in NAMES.items():
        user = get_user_model()._default_manager.create_user(
            username, f"{username}@pbgdpl.example", PASSWORD, first_name=username
        )
        seats[role] = Seat.objects.create(
            user=user,
            role=role,
            unit=unit if role in ("contact_officer", "unit_head") else None,
            categories=everything if role == "member" else [],
        )
    Delegation.objects.create(
        code="deputy_chief",
        delegator=seats["chief"],
        delegate=seats["deputy_chief"],
        decision_number="12/QĐ-BBT",
        decided_on=today(),
        confirmed_at=timezone.now(),
        starts_on=today(),
        ends_on=today() + datetime.timedelta(days=5),
    )


if __name__ == "__main__":
    main()
