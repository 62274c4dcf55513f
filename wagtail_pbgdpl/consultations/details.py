"""What the pages of these matters show: no contact data, and no tracking code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..core.base_page import page_of
from ..matters import kinds
from ..matters.models import Matter
from ..worktime import moment
from . import lifecycle
from .chain import Link, chain
from .counting import tally
from .models import Comment, Consultation, Verdict

Shown = Sequence[tuple[object, object]]


def of_consultation(consultation: Consultation, matter: Matter) -> Shown:
    counts = tally(consultation)
    said = _("%(all)d, of which %(waiting)d wait for the board and %(owed)d for an answer") % {
        "all": counts.all,
        "waiting": counts.waiting,
        "owed": counts.owed,
    }
    return [
        (consultation.words.subject, of_draft(consultation)),
        *_of_a_dialogue(consultation),
        (_("opens on"), f"{consultation.opens_on:%d/%m/%Y}"),
        (_("closes at the end of"), f"{consultation.closes_on:%d/%m/%Y}"),
        (pgettext("consultation", "comments"), said),
        *((link.name, told(link)) for link in chain(consultation, matter)),
    ]


def _of_a_dialogue(consultation: Consultation) -> Shown:
    if not consultation.is_dialogue:
        return []
    held = moment(consultation.held_at) if consultation.held_at else ""
    return [(_("held at"), held), (_("guests"), consultation.guests)]


def told(link: Link) -> str:
    """Say of a link of the chain how it stands."""
    parts = [f"{link.on:%d/%m/%Y}" if link.on else _("not yet")]
    if link.due and link.due != link.on:
        parts.append(_("due on %(day)s") % {"day": f"{link.due:%d/%m/%Y}"})
    if link.late:
        parts.append(_("not as laid down"))
    return "; ".join([*parts, *filter(None, [link.says, link.clause])])


def offers(consultation: Consultation, matter: Matter, *, may_enter: bool) -> Sequence[kinds.Offer]:
    table = reverse("pbgdpl_consultation_table", args=[consultation.pk])
    found = [kinds.Offer(_("Table of comments"), table)]
    if may_enter and matter.state in (lifecycle.OPEN, lifecycle.CLOSED):
        address = reverse("pbgdpl_consultation_enter", args=[consultation.pk])
        says = _("What came by post, by e-mail, at a meeting, or from an agency.")
        found.append(kinds.Offer(_("Enter a comment"), address, says=says))
    return found


def of_comment(comment: Comment, matter: Matter) -> Shown:
    found: list[tuple[object, object]] = [
        (comment.consultation.words.subject, of_draft(comment.consultation)),
        (_("provision"), comment.label),
        (
            _("as it stood in version %(number)d") % {"number": comment.version.number},
            comment.quoted,
        ),
        (_("source"), _source(comment)),
        (_("who comments"), _who(comment)),
        (_("group"), comment.group),
    ]
    wordings = list(comment.wordings.order_by("-pk"))
    for number, wording in enumerate(wordings):
        label = pgettext("consultation", "comment") if not number else _("earlier wording")
        found.append((label, wording.text))
        for one in wording.blackouts.all():
            hidden = _("«%(text)s»: %(reason)s (%(by)s)") % {
                "text": wording.text[one.start : one.end],
                "reason": one.reason,
                "by": one.by_name,
            }
            found.append((_("blacked out"), hidden))
    if files := list(comment.files.all()):
        found.append((_("files"), _files(comment, files)))
    if comment.answer is not None:
        answer = comment.answer
        found.append((_("answer"), f"{answer.heading}: {answer.text}"))
    for request in comment.open_data_requests():
        link = format_html(
            '<a href="{}">{}</a>', request.matter.address, request.get_sort_display()
        )
        found.append((_("request about personal data"), link))
    found.append((_("contact data"), _contact(comment)))
    return found


def of_data_request(comment: Comment) -> Shown:
    """Return what the page of a request about the author's own data shows of the comment."""
    address = format_html('<a href="{}">{}</a>', comment.matter.address, comment.number)
    return [(pgettext("consultation", "comment"), address), (_("contact data"), _contact(comment))]


def _contact(comment: Comment) -> str:
    if comment.erased_at:
        return _("erased")
    address = reverse("pbgdpl_comment_contact", args=[comment.pk])
    return format_html('<a href="{}">{}</a>', address, _("Show the contact data"))


def _source(comment: Comment) -> str:
    parts = [comment.get_source_display(), f"{comment.arrived_on:%d/%m/%Y}"]
    if comment.register_number:
        parts.append(comment.register_number)
    if comment.source != Comment.Source.PORTAL:
        by = str(comment.entered_by or "")
        parts.append(
            _("entered at %(at)s by %(by)s") % {"at": moment(comment.received_at), "by": by}
        )
    return "; ".join(parts)


def _who(comment: Comment) -> str:
    return ": ".join(filter(None, [comment.get_author_display(), comment.organisation]))


def _files(comment: Comment, files: Sequence[Any]) -> str:
    links = (
        (reverse("pbgdpl_comment_file", args=[comment.pk, file.pk]), file.name) for file in files
    )
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def of_draft(consultation: Consultation) -> str:
    """Return the title of the draft, with a link to its page where that is public."""
    page = page_of(consultation.page)
    if page is None:
        return ""
    address = page.get_url() if page.live else ""
    if not address:
        return str(page.title)
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, page.title)


def story(detail: Mapping[str, Any]) -> str:
    """Say what the detail of an event holds."""
    if "guest" in detail:
        return str(detail["guest"])
    if "verdict" in detail:
        return str(Verdict(detail["verdict"]).label)
    if "after" in detail and "before" in detail and len(str(detail["after"])) == len("2026-01-01"):
        return _("closes at the end of %(after)s; before: %(before)s") % {
            name: _written(detail[name]) for name in ("after", "before")
        }
    if "bodies" in detail:
        return ", ".join(detail["bodies"])
    if "document" in detail:
        return f"{detail['document']}, {_written(detail['on'])}"
    if "passages" in detail:
        count = int(detail["passages"])
        return ngettext("%(count)d passage", "%(count)d passages", count) % {"count": count}
    if "comments" in detail:
        count = int(detail["comments"])
        return ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count}
    return str(detail.get("group") or detail.get("number") or "")


def _written(day: str) -> str:
    year, month, date = day.split("-")
    return f"{date}/{month}/{year}"
