"""Ways through accounts, seats, groups and delegations: to decide as somebody whom one is not."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail

from tests.factories import DelegationFactory, SeatFactory, UserFactory
from tests.gates import proofs
from tests.gates.browser import (
    account_form,
    become,
    bulk,
    change_account,
    change_document,
    decide,
    fill,
    forget_password,
    new_password,
    new_text,
    pass_on,
    post,
    take_link,
)
from tests.gates.proofs import confirm, confirm_delegation, enter_delegation, enter_seat
from tests.gates.reading import files_of, is_public
from tests.gates.table import WAYS
from tests.gates.world import World
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Delegation, RoleGroup, Seat
from wagtail_pbgdpl.worktime.active import today

DAY = datetime.timedelta(days=1)
ADMINISTRATORS = "operator superuser"
PASSWORD = "password by a link alone"
QUIET = "quiet day"
CONFIRMED = "confirmation by the delegator"
SEAT = "confirmation by the board"
RULES = "rules of authority"


def draft_public(world: World, _: Any) -> bool:
    return is_public(world.at_editing)


def approved(world: World, _: Any) -> bool:
    return is_public(world.at_approval)


def verified(world: World, _: Any) -> bool:
    row = Matter.objects.waiting().filter(subject=world.at_verification.pk).first()
    return row is None or row.role != "member"


def of_accounts(what: str, by: str, stopped_by: str, succeeded: Any, right: Any) -> Any:
    return WAYS.add(
        what,
        by=by,
        stopped_by=stopped_by,
        requirements="R2 R3 R10",
        succeeded=succeeded,
        right=right,
    )


def in_the_name_of_the_chief(world: World) -> None:
    decide(world, "chief", world.at_editing, "emergency", reason="Không ai biết.")


@of_accounts(
    "sets the password of the Trưởng Ban, signs in and publishes in an emergency",
    ADMINISTRATORS,
    PASSWORD,
    draft_public,
    proofs.password_link,
)
def password_of_the_chief(world: World, who: str) -> Any:
    change_account(world, who, world.people["chief"], **new_password())
    if become(world, "chief"):
        in_the_name_of_the_chief(world)


@of_accounts(
    "sets the password of a member, signs in and verifies",
    ADMINISTRATORS,
    PASSWORD,
    verified,
    proofs.password_link,
)
def password_of_a_member(world: World, who: str) -> Any:
    change_account(world, who, world.people["member"], **new_password())
    if become(world, "member"):
        pass_on(world, world.at_verification, "member")


@of_accounts(
    "sets the password of the head of a unit who sits on the board as well, and verifies",
    ADMINISTRATORS,
    PASSWORD,
    verified,
    proofs.password_link,
)
def password_of_two_seats(world: World, who: str) -> Any:
    SeatFactory(role="member", user=world.people["other_head"])
    change_account(world, who, world.people["other_head"], **new_password())
    if become(world, "other_head"):
        pass_on(world, world.at_verification, "other_head")


@of_accounts(
    "sets the password of the Trưởng Ban at the address that copies an account, and approves",
    ADMINISTRATORS,
    PASSWORD,
    approved,
    proofs.password_link,
)
def password_at_the_copy(world: World, who: str) -> Any:
    """Wagtail's view of the copy saves the account that it shows."""
    chief = world.people["chief"]
    form = account_form(chief, **new_password())
    post(world, who, "wagtailusers_users:copy", chief.pk, **form)
    if become(world, "chief"):
        pass_on(world, world.at_approval, "chief")


@of_accounts(
    "sets the password of a superuser, by the form of the account or of its copy",
    "operator",
    "superusers by superusers alone",
    lambda world, _: become(world, "superuser"),
    proofs.account,
)
def password_of_a_superuser(world: World, who: str) -> Any:
    superuser = world.people["superuser"]
    form = account_form(superuser, **new_password())
    change_account(world, who, superuser, **new_password())
    return post(world, who, "wagtailusers_users:copy", superuser.pk, **form)


def take_over_by_letter(world: World, who: str, role: str) -> bool:
    """Change somebody's address, ask for a link as who has forgotten the password, and use it."""
    mail.outbox.clear()
    address = "ke-gian@example.com"
    change_account(world, who, world.people[role], email=address)
    forget_password(world.client("visitor"), address)
    return take_link(address) is not None and become(world, role)


@of_accounts(
    "changes the e-mail address of the Trưởng Ban, asks for a new password, and publishes",
    ADMINISTRATORS,
    QUIET,
    draft_public,
    proofs.quiet_day,
)
def letter_of_the_chief(world: World, who: str) -> Any:
    if take_over_by_letter(world, who, "chief"):
        in_the_name_of_the_chief(world)


@of_accounts(
    "changes the e-mail address of a member, asks for a new password, and verifies",
    ADMINISTRATORS,
    QUIET,
    verified,
    proofs.quiet_day,
)
def letter_of_a_member(world: World, who: str) -> Any:
    if take_over_by_letter(world, who, "member"):
        pass_on(world, world.at_verification, "member")


@of_accounts(
    "changes the address and sends the Trưởng Ban's link to the new one, and approves",
    ADMINISTRATORS,
    QUIET,
    approved,
    proofs.quiet_day,
)
def link_to_a_new_address(world: World, who: str) -> Any:
    mail.outbox.clear()
    address = "ke-gian@example.com"
    chief = world.people["chief"]
    change_account(world, who, chief, email=address)
    fill(world, who, "pbgdpl_send_password_link", chief.pk)
    if take_link(address) is not None and become(world, "chief"):
        pass_on(world, world.at_approval, "chief")


@of_accounts(
    "confirms that the Trưởng Ban's new way to sign in is in order, and approves",
    "operator chief",
    QUIET,
    approved,
    proofs.quiet_day,
)
def confirm_the_login(world: World, who: str) -> Any:
    mail.outbox.clear()
    address = "ke-gian@example.com"
    chief = world.people["chief"]
    change_account(world, "operator", chief, email=address)
    fill(world, "operator", "pbgdpl_send_password_link", chief.pk)
    if take_link(address) is None:
        forget_password(world.client("visitor"), address)
        take_link(address)
    if become(world, "chief"):
        confirm(world, who, "pbgdpl_confirm_login", chief.pk)
        pass_on(world, world.at_approval, "chief")


def unnoticed(kind: str) -> Any:
    """Whether something was changed that the journal of changes does not have."""
    return lambda world, changed: bool(changed) and not Change.objects.filter(kind=kind).exists()


@of_accounts(
    "changes the address of a member, and nobody is told",
    ADMINISTRATORS,
    "journal of changes",
    unnoticed(Change.Kind.ACCOUNT),
    proofs.account,
)
def address_unnoticed(world: World, who: str) -> Any:
    change_account(world, who, world.people["member"], email="ke-gian@example.com")
    return world.user("member").email == "ke-gian@example.com"


@of_accounts(
    "switches the account of the Trưởng Ban off, and nobody is told",
    ADMINISTRATORS,
    "journal of changes",
    unnoticed(Change.Kind.ACCOUNT),
    proofs.account,
)
def switched_off_unnoticed(world: World, who: str) -> Any:
    change_account(world, who, world.people["chief"], is_active="")
    return not world.user("chief").is_active


@of_accounts(
    "switches accounts of the board off in bulk, and nobody is told",
    ADMINISTRATORS,
    "journal of changes",
    unnoticed(Change.Kind.ACCOUNT),
    proofs.account,
)
def bulk_switched_off_unnoticed(world: World, who: str) -> Any:
    chief = world.people["chief"]
    bulk(world, who, "auth.user", "set_active_state", chief, mark_as_active="False")
    return not world.user("chief").is_active


@of_accounts(
    "ends the seat of the Trưởng Ban, and nobody is told",
    ADMINISTRATORS,
    "journal of changes",
    unnoticed(Change.Kind.SEAT),
    proofs.seat,
)
def seat_ended_unnoticed(world: World, who: str) -> Any:
    seat = Seat.objects.get(role="chief")
    fill(world, who, "pbgdpl_seats:edit", seat.pk, ends_on=(today() - DAY).isoformat())
    return Seat.objects.get(pk=seat.pk).ends_on is not None


@of_accounts(
    "makes a superuser of an account of their own",
    "operator secretary",
    "superusers by superusers alone",
    lambda world, user: get_user_model().objects.get(pk=user.pk).is_superuser,
    proofs.account,
)
def make_a_superuser(world: World, who: str) -> Any:
    user = UserFactory()
    change_account(world, who, user, is_superuser="on")
    return user


@of_accounts(
    "deletes the account of the Trưởng Ban",
    "operator superuser",
    "history is append-only",
    lambda world, _: not get_user_model().objects.filter(pk=world.people["chief"].pk).exists(),
    proofs.account,
)
def delete_the_chief(world: World, who: str) -> Any:
    post(world, who, "wagtailusers_users:delete", world.people["chief"].pk)
    return bulk(world, who, "auth.user", "delete", world.people["chief"])


# Seats.


def end_the_chief(world: World, who: str) -> None:
    seat = Seat.objects.get(role="chief", user=world.people["chief"])
    yesterday = today() - DAY
    fill(
        world,
        who,
        "pbgdpl_seats:edit",
        seat.pk,
        starts_on=(yesterday - DAY).isoformat(),
        ends_on=yesterday.isoformat(),
    )


@of_accounts(
    "ends the Trưởng Ban's seat, gives it to a made-up account, and approves with that",
    ADMINISTRATORS,
    SEAT,
    approved,
    proofs.seat,
)
def made_up_chief(world: World, who: str) -> Any:
    end_the_chief(world, who)
    enter_seat(world, who, world.people["ungrouped"], "chief")
    pass_on(world, world.at_approval, "ungrouped")


@of_accounts(
    "gives a made-up account the Trưởng Ban's seat, and publishes in an emergency",
    ADMINISTRATORS,
    SEAT,
    draft_public,
    proofs.seat,
)
def made_up_chief_in_an_emergency(world: World, who: str) -> Any:
    end_the_chief(world, who)
    enter_seat(world, who, world.people["ungrouped"], "chief")
    decide(world, "ungrouped", world.at_editing, "emergency", reason="Không ai biết.")


@of_accounts(
    "gives an account of their own a member's seat, and verifies",
    ADMINISTRATORS,
    SEAT,
    verified,
    proofs.seat,
)
def made_up_member(world: World, who: str) -> Any:
    enter_seat(world, who, world.people["ungrouped"], "member")
    pass_on(world, world.at_verification, "ungrouped")


@of_accounts(
    "gives an account of their own the Thư ký's seat, and passes on",
    ADMINISTRATORS,
    SEAT,
    lambda world, _: Matter.objects.waiting().get(subject=world.at_editing.pk).role != "secretary",
    proofs.seat,
)
def made_up_secretary(world: World, who: str) -> Any:
    enter_seat(world, who, world.people["ungrouped"], "secretary")
    pass_on(world, world.at_editing, "ungrouped")


@of_accounts(
    "confirms a made-up member's seat themselves, and verifies with it",
    "operator ungrouped",
    SEAT,
    verified,
    proofs.seat,
)
def confirm_a_made_up_member(world: World, who: str) -> Any:
    seat = enter_seat(world, "operator", world.people["ungrouped"], "member")
    if seat is not None:
        confirm(world, who, "pbgdpl_confirm_seat", seat.pk)
    pass_on(world, world.at_verification, "ungrouped")


@of_accounts(
    "makes the contact officer a Phó Trưởng Ban without number or date of a decision",
    ADMINISTRATORS,
    "number and date of the decision",
    lambda world, _: Seat.objects.filter(
        user=world.people["officer"], role="deputy_chief"
    ).exists(),
    proofs.seat,
)
def officer_as_deputy(world: World, who: str) -> Any:
    values = {"decision_number": "", "decided_on": ""}
    return enter_seat(world, who, world.people["officer"], "deputy_chief", **values)


@of_accounts(
    "gives themselves a seat of the board",
    "operator superuser",
    "no seat of one's own",
    lambda world, who: Seat.objects.filter(user=world.people[who], role="member").exists(),
    proofs.seat,
)
def own_seat(world: World, who: str) -> Any:
    enter_seat(world, who, world.people[who], "member")
    return who


@of_accounts(
    "lengthens the seat of a member that has ended",
    ADMINISTRATORS,
    SEAT,
    verified,
    proofs.seat,
)
def lengthen_a_seat(world: World, who: str) -> Any:
    seat = SeatFactory(
        role="member",
        user=world.people["ungrouped"],
        starts_on=today() - 90 * DAY,
        ends_on=today() - 60 * DAY,
    )
    fill(world, who, "pbgdpl_seats:edit", seat.pk, ends_on="")
    pass_on(world, world.at_verification, "ungrouped")


@of_accounts(
    "gives an existing member further categories, which that one then verifies",
    ADMINISTRATORS,
    SEAT,
    verified,
    proofs.seat,
)
def widen_a_seat(world: World, who: str) -> Any:
    seat = SeatFactory(role="member", user=world.people["ungrouped"], categories=["C15"])
    fill(world, who, "pbgdpl_seats:edit", seat.pk, categories=[world.board.index.category])
    pass_on(world, world.at_verification, "ungrouped")


# Groups.


@of_accounts(
    "ticks the group of the Trưởng Ban for an account, and approves with that",
    ADMINISTRATORS,
    "rights follow from seats",
    approved,
    proofs.unit_seat,
)
def tick_the_group(world: World, who: str) -> Any:
    group = RoleGroup.objects.get(role="chief").group_id
    change_account(world, who, world.people["stranger"], groups=[str(group)])
    pass_on(world, world.at_approval, "stranger")


@of_accounts(
    "puts an account into the group of the Trưởng Ban in bulk, and approves",
    ADMINISTRATORS,
    "rights follow from seats",
    approved,
    proofs.unit_seat,
)
def bulk_group(world: World, who: str) -> Any:
    group = RoleGroup.objects.get(role="chief").group_id
    bulk(world, who, "auth.user", "assign_role", world.people["stranger"], role=group)
    pass_on(world, world.at_approval, "stranger")


@of_accounts(
    "joins Wagtail's own group of moderators, and publishes a draft",
    "operator",
    RULES,
    lambda world, _: is_public(world.draft),
    proofs.account,
)
def moderators_publish(world: World, who: str) -> Any:
    _join(world, who, "Moderators")
    return bulk(world, who, "wagtailcore.page", "publish", world.draft)


@of_accounts(
    "joins Wagtail's own groups, and replaces the file of a public item",
    "operator",
    "frozen file",
    lambda world, _: files_of(world.public) != world.shown,
    proofs.new_version,
)
def moderators_replace(world: World, who: str) -> Any:
    _join(world, who, "Moderators", "Editors")
    return change_document(world, who, world.document, file=new_text())


def _join(world: World, who: str, *names: str) -> None:
    groups = Group.objects.filter(name__in=names)
    user = world.user(who)
    keys = {*groups.values_list("pk", flat=True), *user.groups.values_list("pk", flat=True)}
    change_account(world, who, user, groups=[str(key) for key in keys])


# Delegations.


@of_accounts(
    "enters a delegation in the Trưởng Ban's name, and the Phó approves under it",
    "secretary superuser",
    CONFIRMED,
    approved,
    proofs.delegation,
)
def made_up_delegation(world: World, who: str) -> Any:
    enter_delegation(world, who, decision_number="bất kỳ")
    pass_on(world, world.at_approval, "deputy")


@of_accounts(
    "confirms a delegation in the Trưởng Ban's place",
    "secretary deputy superuser",
    CONFIRMED,
    approved,
    proofs.delegation,
)
def confirm_for_the_chief(world: World, who: str) -> Any:
    delegation = enter_delegation(world, "secretary")
    if delegation is not None:
        confirm_delegation(world, who, delegation)
    pass_on(world, world.at_approval, "deputy")


@of_accounts(
    "changes a delegation that was confirmed for another category, and approves",
    "secretary deputy",
    "entered once",
    approved,
    proofs.delegation,
)
def widen_a_delegation(world: World, who: str) -> Any:
    row = _delegated(world, categories=["C15"])
    fill(world, who, "pbgdpl_delegations:edit", row.pk, categories=[])
    pass_on(world, world.at_approval, "deputy")


@of_accounts(
    "approves under a delegation for another category",
    "deputy",
    RULES,
    approved,
    proofs.delegation,
)
def other_category(world: World, who: str) -> Any:
    _delegated(world, categories=["C15"])
    pass_on(world, world.at_approval, who)


@of_accounts(
    "publishes in an emergency under a delegation",
    "deputy",
    RULES,
    draft_public,
    proofs.emergency,
)
def emergency_under_a_delegation(world: World, who: str) -> Any:
    _delegated(world)
    decide(world, who, world.at_editing, "emergency", reason="Bão số 3 đổ bộ.")


@of_accounts(
    "approves under a delegation to a seat that has ended, through a later seat",
    "deputy",
    "delegation to one seat",
    approved,
    proofs.delegation,
)
def later_seat(world: World, who: str) -> Any:
    row = _delegated(world)
    held = Seat.objects.filter(pk=row.delegate_id)
    held.update(starts_on=today() - 90 * DAY, ends_on=today() - DAY)
    SeatFactory(role="deputy_chief", user=world.people["deputy"], starts_on=today())
    pass_on(world, world.at_approval, who)


@of_accounts(
    "approves under a delegation that was revoked",
    "deputy",
    RULES,
    approved,
    proofs.delegation,
)
def revoked(world: World, who: str) -> Any:
    _delegated(world).revoke(by=world.people["chief"], reason="Thu hồi")
    pass_on(world, world.at_approval, who)


def _delegated(world: World, **values: Any) -> Delegation:
    """A delegation that the Trưởng Ban has confirmed."""
    from django.utils import timezone

    seats = {role: Seat.objects.get(role=role) for role in ("chief", "deputy_chief")}
    return DelegationFactory(
        delegator=seats["chief"],
        delegate=seats["deputy_chief"],
        decided_on=today(),
        confirmed_at=timezone.now(),
        **values,
    )


# Seats that have ended: the groups follow some minutes later.


def _ended(world: World, who: str) -> None:
    """End the seats yesterday, as the calendar does: without a signal."""
    seats = Seat.objects.filter(user=world.people[who])
    seats.update(starts_on=today() - 90 * DAY, ends_on=today() - DAY)


@of_accounts(
    "enters a delegation after the own seat has ended, before the groups follow",
    "secretary",
    "seats, not groups",
    lambda world, _: Delegation.objects.exists(),
    proofs.delegation,
)
def delegation_after_the_end(world: World, who: str) -> Any:
    client = world.client(who)
    _ended(world, who)
    return _late(world, client, who, lambda: enter_delegation(world, who))


@of_accounts(
    "changes the portal's telephone after the own seat has ended",
    "secretary chief operator",
    "seats, not groups",
    lambda world, _: "0209 6666 666" in str(type(world.settings).objects.values_list("phone")),
    proofs.settings,
)
def settings_after_the_end(world: World, who: str) -> Any:
    client = world.client(who)
    _ended(world, who)
    return _late(
        world, client, who, lambda: proofs.change_settings(world, who, phone="0209 6666 666")
    )


@of_accounts(
    "approves after the own seat has ended",
    "chief",
    RULES,
    approved,
    proofs.step,
)
def approves_after_the_end(world: World, who: str) -> Any:
    client = world.client(who)
    _ended(world, who)
    return _late(world, client, who, lambda: pass_on(world, world.at_approval, who))


@of_accounts(
    "gives an account a seat after the own seat has ended",
    "operator",
    "seats, not groups",
    lambda world, _: Seat.objects.filter(user=world.people["ungrouped"]).exists(),
    proofs.unit_seat,
)
def seat_after_the_end(world: World, who: str) -> Any:
    client = world.client(who)
    _ended(world, who)
    user = world.people["ungrouped"]
    return _late(
        world,
        client,
        who,
        lambda: enter_seat(world, who, user, "contact_officer", unit=world.unit.pk),
    )


def _late(world: World, client: Any, who: str, act: Any) -> Any:
    """Act in the session that was begun before the seat ended: nobody signs in anew."""
    usual = world.client
    world.client = lambda one: client if one == who else usual(one)  # type: ignore[method-assign]
    try:
        return act()
    finally:
        world.client = usual  # type: ignore[method-assign]
