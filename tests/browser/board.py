"""Makes the portal of the profile and seats its board: ``python -m tests.browser.board``.

What stands in the demo has the same names: who plays there plays here.
"""

from __future__ import annotations

import datetime

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

from tests.browser.desk import PASSWORD  # noqa: E402
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit  # noqa: E402
from wagtail_pbgdpl.provisioning.portal import set_up  # noqa: E402
from wagtail_pbgdpl.regulations.active import get_regulation  # noqa: E402
from wagtail_pbgdpl.worktime.active import today  # noqa: E402

OWN, OTHER = "phong-pbgdpl", "trung-tam-tro-giup-phap-ly"
UNITS = {
    "so-tu-phap": "Sở Tư pháp",
    OWN: "Phòng Phổ biến, giáo dục pháp luật",
    OTHER: "Trung tâm Trợ giúp pháp lý nhà nước",
}
PEOPLE = (
    ("canbodaumoi", "contact_officer", OWN),
    ("thutruong", "unit_head", OWN),
    ("giamdoctrungtam", "unit_head", OTHER),
    ("thanhvien", "member", ""),
    ("thuky", "secretary", ""),
    ("truongban", "chief", ""),
    ("photruongban", "deputy_chief", ""),
)
DELEGATED = "deputy_chief"


def main() -> None:
    regulation = get_regulation()
    set_up(regulation, Site.objects.get().root_page)
    everything = list(regulation.categories)
    units = {
        code: Unit.objects.create(code=code, name=name, categories=everything)
        for code, name in UNITS.items()
    }
    # To make it anew for each person takes a second of a processor.
    password = make_password(PASSWORD)
    seats = {}
    for username, role, unit in PEOPLE:
        user = get_user_model()._default_manager.create(
            username=username,
            email=f"{username}@pbgdpl.example",
            password=password,
            first_name=username,
        )
        seats[role] = Seat.objects.create(
            user=user,
            role=role,
            unit=units.get(unit),
            categories=everything if role == "member" else [],
        )
    if DELEGATED in regulation.delegations:
        Delegation.objects.create(
            code=DELEGATED,
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
