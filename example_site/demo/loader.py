"""Fills the default site with a whole portal, through the functions that editors' actions use.

``load()`` may run any number of times: what is there is left as it is.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Site

from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.content.consultations import ConsultationMixin
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin, PortalMixin
from wagtail_pbgdpl.core.discovery import concrete_models, root_model
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.reference.models import ReferenceItem
from wagtail_pbgdpl.regulations import RoleCode, get_regulation
from wagtail_pbgdpl.search import index
from wagtail_pbgdpl.site.portal import PortalSettings

from .consultations import load_consultations
from .ledger import load_ledger
from .library import Library, load_library
from .linked import load_linked
from .moderation import CATEGORY, load_items
from .neighbours import ORIGINS
from .people import load_people
from .questions import load_questions
from .sources import at, entries, moment, office_day, read
from .surveys import load_surveys
from .visits import load_visits

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
PORTAL_SLUG = "pbgdpl"
# What is no field of the page.
_KEYS = {"category", "type", "days_ago", "cover", "tags", "unit"}


@dataclass(frozen=True, slots=True)
class Result:
    """How many pages were made, and how many were there already."""

    made: int
    present: int


@transaction.atomic
def load(today: datetime.date | None = None) -> Result:
    """Load the demo into the default site.

    Days in the data count from ``today``, by default the present day in Asia/Ho_Chi_Minh. Raises
    ``wagtail_pbgdpl.provisioning.portal.SetupError`` where the portal cannot be set up.
    """
    today = today or timezone.localdate(timezone=VIETNAM)
    portal = _portal()
    set_up(get_regulation(), portal)
    _take_from_wagtails_groups()
    people = load_people()
    library = load_library(portal, user=people[RoleCode.SECRETARY])
    writer = _Writer(portal, people, library, today)
    made = [writer.write(entry) for entry in entries()]
    load_linked(library.images["van-ban.jpg"])
    writer.fill_indexes()
    _fill_settings(portal)
    load_visits(portal, today)
    load_ledger(today, people[RoleCode.SECRETARY])
    load_items(writer.indexes[CATEGORY], people, today)
    load_questions(people, today)
    load_surveys(today)
    load_consultations(people, today)
    # The demo runs no timed command, by which the search learns how rare a word is.
    index.count_words()
    return Result(sum(made), len(made) - sum(made))


def _portal() -> Any:
    """Return the portal page that the default site begins with; make it one if need be."""
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    if isinstance(welcome.specific, PortalMixin):
        return welcome.specific
    model = root_model(PortalMixin)
    portal = model._default_manager.first()
    if portal is None:
        data = read("indexes.toml")["portal"]
        page = model(slug=PORTAL_SLUG, **data)
        portal = publish(add_draft(Page.get_first_root_node(), page))
    site.root_page = portal
    site.site_name = portal.title
    served = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", ""))
    if (site.hostname, site.port) == ("localhost", 80) and served.hostname:
        # Addresses to share lead to where the demo is served.
        site.hostname, site.port = served.hostname, served.port or 80
    site.save()
    if type(welcome.specific) is Page and not Page.objects.child_of(welcome).exists():
        welcome.delete()  # the page with which every new Wagtail site begins
    return portal


def _take_from_wagtails_groups() -> None:
    """Leave files and pages to the roles: this site is a portal alone, with no other editors."""
    for model in (GroupCollectionPermission, GroupPagePermission):
        model.objects.filter(group__name__in=("Editors", "Moderators")).delete()


def _fill_settings(portal: Any) -> None:
    settings = PortalSettings.for_site(portal.get_site())
    for name, value in read("indexes.toml")["settings"].items():
        if not getattr(settings, name):
            setattr(settings, name, value)
    if not settings.embedding_hosts:
        settings.embedding_hosts = "\n".join(ORIGINS)
    settings.save()


class _Writer:
    def __init__(
        self, portal: Any, people: dict[RoleCode, Any], library: Library, today: datetime.date
    ) -> None:
        self.author = people[RoleCode.CONTACT_OFFICER]
        self.publisher = people[RoleCode.CHIEF]
        self.library = library
        self.today = today
        self.indexes = {
            page.category: page
            for model in concrete_models(CategoryIndexMixin)
            for page in model._default_manager.child_of(portal)
        }
        self.pages = dict(Page.objects.descendant_of(portal).values_list("slug", "pk"))

    def write(self, entry: dict[str, Any]) -> bool:
        """Publish the page of ``entry``; return whether it was missing."""
        if entry["slug"] in self.pages:
            return False
        page = apps.get_model("wagtail_pbgdpl_pages", entry["type"])()
        for name, value in entry.items():
            if name not in _KEYS:
                self.set(page, name, value)
        page.cover = self.library.images[entry["cover"]] if "cover" in entry else None
        page.tags.add(*entry["tags"])
        page.unit = self.unit_for(entry)
        page.information_on = office_day(self.today, entry["days_ago"] + 1)
        if isinstance(page, ConsultationMixin):
            # It opens and closes with the days of its history.
            with at(self.today, entry["days_ago"], 12):
                self._publish(page, entry)
        else:
            self._publish(page, entry)
        self.pages[page.slug] = page.pk
        return True

    def _publish(self, page: Any, entry: dict[str, Any]) -> None:
        add_draft(self.indexes[entry["category"]], page, user=self.author)
        publish(page, user=self.publisher, at=self.published_at(entry))

    def unit_for(self, entry: dict[str, Any]) -> Unit | None:
        """Return the unit that is named, or in turn one of those that were given the category."""
        if "unit" in entry:
            return Unit.objects.get(code=entry["unit"])
        category = entry["category"]
        given = [unit for unit in Unit.objects.order_by("pk") if category in unit.categories]
        return given[len(self.pages) % len(given)] if given else None

    def published_at(self, entry: dict[str, Any]) -> datetime.datetime:
        # Within office hours, and never twice the same minute of the day for neighbours.
        minutes = entry["days_ago"] * 7 % 180
        day = office_day(self.today, entry["days_ago"])
        start = datetime.datetime.combine(day, datetime.time(8), tzinfo=VIETNAM)
        return start + datetime.timedelta(minutes=minutes)

    def fill_indexes(self) -> None:
        """Give the index pages without content pages below them what they show themselves."""
        for code, data in read("indexes.toml")["index"].items():
            page = self.indexes[code]
            streams = [name for name in data if name != "introduction"]
            if any(getattr(page, name) for name in streams):
                continue
            if not streams and page.introduction == data["introduction"]:
                continue
            for name, value in data.items():
                self.set(page, name, value)
            publish(page, user=self.publisher)

    def set(self, page: Any, name: str, value: Any) -> None:
        field = page._meta.get_field(name)
        resolved = self.resolve(value)
        if isinstance(field, BlocksField):
            # Cleaned like what an editor sends: what they could not save is no example.
            stream = field.to_python(json.dumps(resolved, default=str))
            setattr(page, name, field.stream_block.clean(stream))
        elif field.many_to_many:
            setattr(page, name, list(field.related_model.objects.filter(code__in=resolved)))
        elif isinstance(field, models.ForeignKey):
            setattr(page, field.attname, _key(field.related_model, resolved))
        else:
            setattr(page, name, resolved)

    def resolve(self, value: Any) -> Any:
        """Put keys in place of «image:», «file:» and «page:», and days in place of offsets."""
        if isinstance(value, dict):
            if value.keys() <= {"days", "time"} and "days" in value:
                return self.moment(value)
            return {key: self.resolve(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.resolve(part) for part in value]
        if isinstance(value, str):
            match value.partition(":"):
                case "image", ":", name:
                    return self.library.images[name].pk
                case "file", ":", name:
                    return self.library.files[name].pk
                case "page", ":", name:
                    return self.pages[name]
        return value

    def moment(self, value: dict[str, Any]) -> datetime.date | datetime.datetime:
        found = moment(value, self.today)
        if isinstance(found, datetime.datetime):
            return found.replace(tzinfo=VIETNAM)
        return found


def _key(model: type[models.Model], value: Any) -> Any:
    if issubclass(model, ReferenceItem):
        return model._default_manager.get(code=value).pk
    return value
