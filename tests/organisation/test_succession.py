"""Units are merged, renamed and divided, and what was theirs stays countable."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from tests.factories import SeatFactory, UnitFactory, UserFactory
from wagtail_pbgdpl.organisation.models import Seat, UnitSuccession
from wagtail_pbgdpl.organisation.succession import divide, lineage, merge, predecessors, rename

pytestmark = pytest.mark.django_db

# The day on which districts ended and communes were merged.
ON = datetime.date(2025, 7, 1)
BEFORE = datetime.date(2025, 6, 30)


def test_a_unit_alone_is_its_own_line() -> None:
    unit = UnitFactory()
    assert lineage(unit.pk) == {unit.pk}
    assert predecessors() == {}


class TestMerging:
    def test_the_line_holds_all_names(self) -> None:
        first, second, third, new = UnitFactory.create_batch(4)
        merge([first, second], third, on=ON)
        merge([third], new, on=datetime.date(2026, 1, 1))
        assert lineage(new.pk) == {first.pk, second.pk, third.pk, new.pk}
        assert lineage(third.pk) == {first.pk, second.pk, third.pk}
        assert lineage(first.pk) == {first.pk}

    def test_the_old_units_end_the_day_before(self) -> None:
        old, new = UnitFactory.create_batch(2)
        by = UserFactory()
        merge([old], new, on=ON, decision="1/NQ-UBTVQH", by=by)
        old.refresh_from_db()
        assert old.ends_on == BEFORE
        assert new.ends_on is None
        row = UnitSuccession.objects.get()
        assert (row.kind, row.on, row.decision_number, row.created_by) == (
            "merged",
            ON,
            "1/NQ-UBTVQH",
            by,
        )

    def test_one_of_them_may_go_on(self) -> None:
        old, goes_on = UnitFactory.create_batch(2)
        merge([old, goes_on], goes_on, on=ON)
        goes_on.refresh_from_db()
        assert goes_on.ends_on is None
        assert lineage(goes_on.pk) == {old.pk, goes_on.pk}

    def test_contact_officers_go_on_and_heads_do_not(self) -> None:
        old, new = UnitFactory.create_batch(2)
        officer = SeatFactory(role="contact_officer", unit=old)
        head = SeatFactory(role="unit_head", unit=old)
        done = merge([old], new, on=ON)
        for seat in (officer, head):
            seat.refresh_from_db()
            assert seat.ends_on == BEFORE
        (seat,) = Seat.objects.on(ON)
        assert (seat.user, seat.unit, seat.starts_on) == (officer.user, new, ON)
        assert done.continued == [seat]
        assert done.ended == [officer, head]

    def test_who_sits_in_both_sits_once(self) -> None:
        old, new = UnitFactory.create_batch(2)
        seat = SeatFactory(role="contact_officer", unit=old)
        SeatFactory(role="contact_officer", unit=new, user=seat.user)
        merge([old], new, on=ON)
        assert Seat.objects.on(ON).filter(user=seat.user).count() == 1

    def test_categories_and_units_below_are_taken_over(self) -> None:
        old = UnitFactory(categories=["C2", "C5"])
        new = UnitFactory(categories=["C5", "C1"], parent=old)
        below = UnitFactory(parent=old)
        merge([old], new, on=ON)
        for unit in (new, below):
            unit.refresh_from_db()
        assert new.categories == ["C5", "C1", "C2"]
        assert new.parent is None
        assert below.parent == new

    def test_there_is_no_way_back_in_time(self) -> None:
        old, new = UnitFactory.create_batch(2)
        merge([old], new, on=ON)
        with pytest.raises(ValidationError):
            merge([new], old, on=datetime.date(2026, 1, 1))
        with pytest.raises(ValidationError):
            merge([old], UnitFactory(), on=datetime.date(2026, 1, 1))
        with pytest.raises(ValidationError):
            merge([UnitFactory(starts_on=ON)], UnitFactory(), on=ON)
        assert UnitSuccession.objects.count() == 1


class TestRenaming:
    def test_everything_goes_on_under_the_new_name(self) -> None:
        old = UnitFactory(categories=["C2"], email="cu@example.vn")
        head, officer = (
            SeatFactory(role=role, unit=old) for role in ("unit_head", "contact_officer")
        )
        below = UnitFactory(parent=old)
        (new,) = rename(old, code="ten-moi", name="Tên mới", on=ON).successors
        assert (new.categories, new.email, new.starts_on) == (["C2"], "cu@example.vn", ON)
        assert set(Seat.objects.on(ON).values_list("user", "role", "unit")) == {
            (seat.user.pk, seat.role, new.pk) for seat in (head, officer)
        }
        assert set(Seat.objects.on(BEFORE)) == {head, officer}
        below.refresh_from_db()
        assert below.parent == new
        assert lineage(new.pk) == {old.pk, new.pk}

    def test_a_code_that_is_taken(self) -> None:
        old = UnitFactory()
        with pytest.raises(ValidationError):
            rename(old, code=UnitFactory().code, name="Tên mới", on=ON)
        old.refresh_from_db()
        assert old.ends_on is None


def test_a_divided_unit_counts_for_each_part() -> None:
    old, first, second = UnitFactory.create_batch(3)
    seat = SeatFactory(role="contact_officer", unit=old)
    done = divide(old, [first, second], on=ON)
    assert lineage(first.pk) == {old.pk, first.pk}
    assert lineage(second.pk) == {old.pk, second.pk}
    assert done.ended == [seat]
    assert not Seat.objects.on(ON).exists()


def test_a_seat_that_would_begin_later_never_holds() -> None:
    old, new = UnitFactory.create_batch(2)
    later = SeatFactory(role="unit_head", unit=old, starts_on=datetime.date(2025, 9, 1))
    merge([old], new, on=ON)
    later.refresh_from_db()
    assert later.ends_on == BEFORE
    assert not Seat.objects.on(datetime.date(2025, 9, 1)).exists()
