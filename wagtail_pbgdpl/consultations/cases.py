"""How consultations begin and follow their pages and the clock, and how comments come in (C12).

Whatever comes in, by whichever way, passes ``_taking``: the row of the consultation is locked, and
what this computer's clock says then, and again at the end, decides whether it is too late.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..core.text import nfc
from ..intake.tracking import new_code
from ..matters import record
from ..matters.deeds import Happening, Refused, act
from ..matters.models import Event, Matter
from ..organisation.models import Unit
from ..worktime import moment
from ..worktime.active import today
from ..worktime.deadline import local_day
from . import letters, lifecycle
from .carrying import carry_over, standing_of
from .kinds import CommentMatter, ConsultationMatter
from .locks import locked
from .models import CONSULTATION, Comment, Consultation, DraftVersion
from .provisions import Provision
from .signals import dates_moved, shown_anew

#: What numbers of comments begin with.
PREFIX = "GY"


class Closed(ValidationError):
    """Nothing is taken in any longer, or not yet."""


class Draft(NamedTuple):
    """A draft that is public, as its consultation knows it; ``page`` is its number."""

    page: int
    title: str
    category: str
    unit: Unit | None
    opens_on: datetime.date
    closes_on: datetime.date
    short_because: str
    sort: str
    held_at: datetime.datetime | None
    guests: str
    revision: int | None
    provisions: Sequence[Provision]


# Consultations


@transaction.atomic
def follow_page(draft: Draft) -> Consultation:
    """Let the consultation be what its page says that was published, and return it.

    It begins with the first publication. Dates follow the page until it opens, and never after.
    """
    names = ("opens_on", "closes_on", "short_because")
    dates: dict[str, Any] = {name: getattr(draft, name) for name in names}
    known = Consultation.objects.filter(page=draft.page).first()
    if known is None:
        return _begin(draft, dates | {"sort": draft.sort})
    # In the order in which a deed takes them.
    rows = Matter.objects.select_for_update(of=("self",)).select_related("unit")
    matter = rows.get(kind=CONSULTATION, subject=known.pk)
    consultation: Consultation = locked().get(pk=known.pk)
    matter.title, matter.unit = draft.title[:255], draft.unit
    matter.save(update_fields=["title", "unit"])
    consultation.held_at, consultation.guests = draft.held_at, draft.guests
    consultation.save(update_fields=["held_at", "guests"])
    if matter.state == lifecycle.BEFORE:
        if any(getattr(consultation, name) != value for name, value in dates.items()):
            act(Happening(matter, "consult_redated", values=dates))
            consultation.refresh_from_db()
    else:
        dates_moved.send(Consultation, consultation=consultation)
    latest = consultation.latest_version
    if latest is None or latest.provisions != list(draft.provisions):
        version = _add_version(consultation, draft, latest)
        if matter.state in lifecycle.UNSUMMARISED:
            act(Happening(matter, "consult_version", values={"number": version.number}))
    follow_clock(consultation)
    shown_anew.send(Consultation, page=None)
    return consultation


def _begin(draft: Draft, dates: dict[str, Any]) -> Consultation:
    try:
        with transaction.atomic():
            dates |= {"held_at": draft.held_at, "guests": draft.guests}
            consultation = Consultation.objects.create(page=draft.page, **dates)
    except IntegrityError:
        # Begun by another in this very moment.
        return follow_page(draft)
    _add_version(consultation, draft, None)
    record.begin(
        ConsultationMatter,
        consultation,
        title=draft.title,
        category=draft.category,
        unit=draft.unit,
        start=draft.opens_on,
    )
    follow_clock(consultation)
    shown_anew.send(Consultation, page=None)
    return consultation


def _add_version(
    consultation: Consultation, draft: Draft, latest: DraftVersion | None
) -> DraftVersion:
    found: DraftVersion = DraftVersion.objects.create(
        consultation=consultation,
        number=latest.number + 1 if latest else 1,
        revision=draft.revision,
        provisions=list(draft.provisions),
    )
    if latest is not None:
        carry_over(consultation, latest, found)
    return found


def lost(page: int) -> None:
    """The page of a draft was deleted: nothing is owed of it any longer."""
    consultation = Consultation.objects.filter(page=page).first()
    if consultation is not None:
        _happens(consultation.matter, "consult_end")


def follow_clock(consultation: Consultation) -> int:
    """Let a consultation open and close as the clock says; return how often it moved.

    What comes in is judged by the clock alone; this is what the history tells of it.
    """
    moved, day = 0, today()
    if day >= consultation.opens_on:
        moved += _happens(consultation.matter, "consult_opens")
    if day > consultation.closes_on:
        moved += _happens(consultation.matter, "consult_closes")
    return moved


def follow_all() -> int:
    """Let all consultations open and close as the clock says; return how many moved."""
    day = today()
    rows = Matter.objects.filter(kind=CONSULTATION)
    waiting = Consultation.objects.filter(
        opens_on__lte=day, pk__in=rows.filter(state=lifecycle.BEFORE).values("subject")
    )
    ending = Consultation.objects.filter(
        closes_on__lt=day, pk__in=rows.filter(state=lifecycle.OPEN).values("subject")
    )
    keys = {*waiting.values_list("pk", flat=True), *ending.values_list("pk", flat=True)}
    return sum(
        bool(follow_clock(one)) for one in Consultation.objects.filter(pk__in=keys).order_by("pk")
    )


def _happens(matter: Matter, move: str) -> int:
    try:
        act(Happening(matter, move))
    except Refused:
        # Not where it starts, or moved by another in this very moment.
        return 0
    return 1


# Comments


@contextmanager
def _taking(consultation: int) -> Iterator[Consultation]:
    """Hold a consultation that takes comments, for as long as something comes in.

    Raises ``Closed`` where it takes none when it is this one's turn, and where it has closed by the
    end: then nothing is kept.
    """
    with transaction.atomic():
        row: Consultation = locked().get(pk=consultation)
        _check_open(row)
        yield row
        _check_open(row)


def _check_open(row: Consultation) -> None:
    if not row.takes_comments(timezone.now()):
        raise Closed(closed_words(row))


def closed_words(row: Consultation) -> str:
    """Say why nothing is taken in."""
    if today() < row.opens_on:
        return str(row.words.opens) % {"day": f"{row.opens_on:%d/%m/%Y}"}
    return str(row.words.over) % {"day": f"{row.closes_on:%d/%m/%Y}"}


def receive(
    consultation: Consultation,
    anchor: str,
    text: str,
    sender: Mapping[str, Any],
    *,
    version: int | None = None,
    **about: Any,
) -> Comment:
    """Take in what somebody sent through the portal, and begin its matter.

    ``sender`` holds the fields of ``Sender``; ``about`` may name ``organisation``, ``author`` and
    ``wants_answer``. ``version``: the number of the one that was read, the latest unless given.
    Raises ``Closed``, and ``ValidationError`` where a field is wrong or nothing stands at the
    anchor.
    """
    with _taking(consultation.pk) as row:
        now = timezone.now()
        about |= {"received_at": now, "arrived_on": local_day(now)}
        comment = _make(row, anchor, text, {**sender, **about}, now, number=version)
        letters.received(comment)
    return comment


@transaction.atomic
def enter(
    consultation: Consultation, anchor: str, text: str, by: Any, said: Mapping[str, Any]
) -> Comment:
    """Enter what came by another way than the portal, in the name of an official.

    It came while the consultation was open: ``arrived_on`` says when, a day in Asia/Ho_Chi_Minh.
    What is entered after the closing names the number under which it was registered. Raises
    ``ValidationError``.
    """
    row: Consultation = locked().get(pk=consultation.pk)
    arrived = said["arrived_on"]
    now = timezone.now()
    if row.matter.state not in (lifecycle.OPEN, lifecycle.CLOSED):
        raise ValidationError(_("Nothing can be entered any longer: the summary is on its way."))
    if arrived > local_day(now):
        raise ValidationError({"arrived_on": _("This day has not come yet.")})
    if not row.opens_on <= arrived <= row.closes_on:
        raise ValidationError({"arrived_on": _("It did not come while the consultation was open.")})
    if not row.takes_comments(now) and not said.get("register_number"):
        message = _("The consultation has closed: name the number of the incoming document.")
        raise ValidationError({"register_number": message})
    facts = {**said, "received_at": now, "entered_by": by}
    return _make(row, anchor, text, facts, now, by=by)


def _make(
    row: Consultation,
    anchor: str,
    text: str,
    facts: Mapping[str, Any],
    now: datetime.datetime,
    by: Any = None,
    number: int | None = None,
) -> Comment:
    text = nfc(text).strip()
    if not text:
        raise ValidationError({"text": _("Write your comment.")})
    latest = row.latest_version
    version = row.version(number)
    place = version.place(anchor) if version else None
    if latest is None or version is None or place is None:
        raise ValidationError(_("This provision is no longer in the draft."))
    code = new_code()
    comment = Comment(
        consultation=row,
        version=version,
        anchor=place.anchor,
        label=place.label,
        quoted=place.text,
        **standing_of(version, latest, place.anchor, place.text)._asdict(),
        code=code,
        number=code,
        **facts,
    )
    comment.full_clean()
    comment.save()
    comment.number = f"{PREFIX}-{local_day(now).year}-{comment.pk:06d}"
    comment.save(update_fields=["number"])
    comment.wordings.create(text=text, at=now)
    whole = row.matter
    record.begin(
        CommentMatter,
        comment,
        title=comment.title,
        category=whole.category,
        unit=whole.unit,
        start=now,
        by=by,
    )
    return comment


def correct(comment: Comment, text: str) -> Event:
    """Let the words of the author be others; they are looked at anew.

    Raises ``Closed``, ``Refused``, and ``ValidationError`` for nothing.
    """
    text = nfc(text).strip()
    if not text:
        raise ValidationError({"text": _("Write your comment.")})
    with _taking(comment.consultation_id):
        return act(Happening(comment.matter, "comment_corrected", values={"text": text}))


def withdraw(comment: Comment) -> Event:
    """Take it back, as the author wants. Raises ``Closed`` and ``Refused``."""
    with _taking(comment.consultation_id):
        return act(Happening(comment.matter, "comment_withdrew"))


def may_change(comment: Comment, matter: Matter) -> bool:
    """Whether the author may still correct or withdraw it."""
    open_now = comment.consultation.takes_comments(timezone.now())
    return open_now and matter.state in lifecycle.WITH_AUTHOR


def until(comment: Comment) -> str:
    """Say until when the author may change it."""
    return moment(comment.consultation.closes_at - datetime.timedelta(microseconds=1))
