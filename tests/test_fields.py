"""I7 (BK21 Điều 8.2, BK18 Điều 4.1): every column with Vietnamese text holds NFC, always."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Concat
from wagtail.fields import StreamField

from tests.factories import CalendarExceptionFactory, DocumentTypeFactory, LegalFieldFactory
from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.core.encrypted import EncryptedMixin
from wagtail_pbgdpl.core.fields import NFCCharField, NFCMixin, NFCTextField
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.worktime.models import CalendarException

NFC = "Hòa giải viên ở cơ sở"
NFD = unicodedata.normalize("NFD", NFC)

# Columns of characters that are no Vietnamese text. Each has a reason; a new one needs one too.
NO_TEXT = {
    # Codes of categories, which the profile keeps to ASCII.
    "wagtail_pbgdpl_pages.CategoryIndexPage.category",
    "wagtail_pbgdpl_pages.QuestionIndexPage.category",
    "wagtail_pbgdpl_pages.IntegrationPage.category",
    "wagtail_pbgdpl_pages.ContentPage.category",
    "wagtail_pbgdpl.TrafficDay.category",
    "wagtail_pbgdpl.TrafficPage.category",
    # Codes of roles, delegations, rules and profiles, which the profile keeps to ASCII.
    "wagtail_pbgdpl.Matter.category",
    "wagtail_pbgdpl.Matter.profile",
    "wagtail_pbgdpl.Matter.rule",
    # Codes of kinds, states and outcomes, which the engine names.
    "wagtail_pbgdpl.Matter.kind",
    "wagtail_pbgdpl.Event.move",
    "wagtail_pbgdpl.Matter.state",
    "wagtail_pbgdpl.Matter.outcome",
    "wagtail_pbgdpl.Seat.role",
    "wagtail_pbgdpl.Delegation.code",
    "wagtail_pbgdpl.RoleGroup.role",
    "wagtail_pbgdpl_pages.ContentPage.deadline_rule",
    # Kinds of records, their identifiers and digests, as the exchange gives them.
    "wagtail_pbgdpl.Exchanged.kind",
    "wagtail_pbgdpl.Exchanged.uid",
    "wagtail_pbgdpl.Exchanged.taken",
    "wagtail_pbgdpl.Exchanged.made",
    # By what questions are counted: three names of the package.
    "wagtail_pbgdpl.Tally.by",
    # Codes of steps, and the key that keeps a notice from being queued twice.
    "wagtail_pbgdpl.StepTask.profile",
    "wagtail_pbgdpl.StepTask.action",
    "wagtail_pbgdpl.StepTask.role",
    "wagtail_pbgdpl.Event.category",
    "wagtail_pbgdpl.Event.action",
    "wagtail_pbgdpl.Event.role",
    "wagtail_pbgdpl.Matter.action",
    "wagtail_pbgdpl.Matter.role",
    "wagtail_pbgdpl.Notice.key",
    # Keys of forms, codes of what they are for, and what came of them.
    "wagtail_pbgdpl.ConsentText.purpose",
    "wagtail_pbgdpl.ConsentText.version",
    "wagtail_pbgdpl.Question.consent_version",
    "wagtail_pbgdpl.Sending.key",
    "wagtail_pbgdpl.Sending.purpose",
    "wagtail_pbgdpl.Sending.result",
    "wagtail_pbgdpl.HeldUpload.key",
    # Codes of what a reply is about, with the key of a row.
    "wagtail_pbgdpl.Notice.reply",
    # Endings of files.
    "wagtail_pbgdpl.HeldUpload.kind",
    "wagtail_pbgdpl.QuestionFile.kind",
    "wagtail_pbgdpl.CommentFile.kind",
    "wagtail_pbgdpl.ReceivedMail.kind",
    # Numbers and tracking codes of comments, anchors of provisions, and addresses.
    "wagtail_pbgdpl.Comment.number",
    "wagtail_pbgdpl.Comment.code",
    "wagtail_pbgdpl.Comment.anchor",
    "wagtail_pbgdpl.Comment.place",
    "wagtail_pbgdpl.Comment.consent_version",
    "wagtail_pbgdpl.Consultation.issued_at",
    # Numbers and tracking codes of questions, and codes of their sorts.
    "wagtail_pbgdpl.Question.number",
    "wagtail_pbgdpl.Question.code",
    "wagtail_pbgdpl.Batch.topic",
    "wagtail_pbgdpl.Question.topic",
    # An address of the portal, of ASCII slugs.
    "wagtail_pbgdpl.Question.public_address",
    # The filters of an address, quoted.
    "wagtail_pbgdpl.SavedView.query",
    # Kinds and reasons that the package names, what servers say of a copy, and keys of runs.
    "wagtail_pbgdpl.ExternalSource.kind",
    "wagtail_pbgdpl.ExternalSource.running_key",
    "wagtail_pbgdpl.ExternalSource.etag",
    "wagtail_pbgdpl.ExternalSource.last_modified",
    "wagtail_pbgdpl.ExternalSource.read_as",
    "wagtail_pbgdpl.SourceRun.reason",
    "wagtail_pbgdpl.SourceItem.guid",
    # JSON in ASCII as it is signed, and codes of reasons.
    "wagtail_pbgdpl.WebhookDelivery.body",
    # The number of a block, a key that is drawn, and digests by it.
    "wagtail_pbgdpl.Survey.block",
    "wagtail_pbgdpl.Survey.secret",
    "wagtail_pbgdpl.SurveyMark.digest",
    # Encrypted.
    "wagtail_pbgdpl.WebhookReceiver.sealed_secret",
    "wagtail_pbgdpl.WebhookReceiver.sealed_former_secret",
    "wagtail_pbgdpl.WebhookAttempt.reason",
    # Kinds, keys and languages of what is public, and digests of it.
    *(
        f"wagtail_pbgdpl.{model}.{column}"
        for model in ("PublicObject", "PublicChange")
        for column in ("kind", "key", "language")
    ),
    "wagtail_pbgdpl.PublicObject.mark",
    # Codes of categories.
    "wagtail_pbgdpl.PublicObject.category",
    "wagtail_pbgdpl.PublicChange.category",
    "wagtail_pbgdpl.PublicChange.former_category",
    # Folded: without accents.
    "wagtail_pbgdpl.AlikeTerm.term",
    "wagtail_pbgdpl.AlikeCount.term",
    "wagtail_pbgdpl.SearchEntry.words",
    "wagtail_pbgdpl.SearchWord.term",
    "wagtail_pbgdpl.SearchPin.words",
    # The name of a file in the storage.
    "wagtail_pbgdpl.FileText.file",
    # Names of sources and kinds that the package gives, codes by which results are counted, and
    # digests.
    *(
        f"wagtail_pbgdpl.SearchEntry.{column}"
        for column in ("source", "kind", "facets", "digest", "mark")
    ),
    "wagtail_pbgdpl.DocumentRecord.law",
    "wagtail_pbgdpl.DocumentRecord.folded",
    # Hexadecimal numbers.
    "wagtail_pbgdpl.Sending.mark",
    "wagtail_pbgdpl.HeldUpload.mark",
    "wagtail_pbgdpl.HeldUpload.sha256",
    "wagtail_pbgdpl.QuestionFile.sha256",
    "wagtail_pbgdpl.CommentFile.sha256",
    "wagtail_pbgdpl.ReceivedMail.sha256",
    "wagtail_pbgdpl.ReceivedMail.key",
    "wagtail_pbgdpl.TextReading.key",
    "wagtail_pbgdpl.PortalSettings.primary_color",
    "wagtail_pbgdpl.PortalSettings.accent_color",
    "wagtail_pbgdpl.Event.digest",
    "wagtail_pbgdpl.Seal.value",
    "wagtail_pbgdpl.EventFile.sha256",
    # Labels of models with the keys of their rows.
    "wagtail_pbgdpl.Change.model",
    "wagtail_pbgdpl.Change.object_id",
    "wagtail_pbgdpl.EventFile.model",
    "wagtail_pbgdpl.FileOfUnit.model",
    "wagtail_pbgdpl.LatestReference.model",
    "wagtail_pbgdpl.EventFile.object_id",
    # Keys that the set-up makes: ASCII codes and labels of models.
    "wagtail_pbgdpl.ProvisionedObject.key",
    "wagtail_pbgdpl.ProvisionedObject.model",
    "wagtail_pbgdpl.ProvisionedObject.object_id",
}
CODES = (models.SlugField, models.URLField, models.EmailField, models.UUIDField)


def own_text_fields() -> list[Any]:
    found = []
    for label in ("wagtail_pbgdpl", "wagtail_pbgdpl_pages"):
        for model in apps.get_app_config(label).get_models():
            found += [
                field
                for field in model._meta.local_concrete_fields
                if isinstance(field, (models.CharField, models.TextField, StreamField))
                and not isinstance(field, CODES)
                and not field.choices
            ]
    return found


def stored(model: type[models.Model], column: str, pk: Any) -> str:
    """Return what the database holds, past every field of Django."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return str(cursor.fetchone()[0])


def test_the_two_forms_differ() -> None:
    assert NFC != NFD


@pytest.mark.parametrize("field", own_text_fields(), ids=str)
def test_every_column_of_text_composes_it(field: Any) -> None:
    """«Whatever the way in»: no model of the package stores text through a plain field."""
    if str(field) in NO_TEXT:
        assert not isinstance(field, NFCMixin)
    else:
        assert isinstance(field, (NFCMixin, EncryptedMixin, BlocksField)), (
            f"{field} stores text as it comes"
        )


def test_the_walk_over_the_models_finds_the_columns() -> None:
    found = {str(field) for field in own_text_fields()}
    assert found >= NO_TEXT
    assert found >= {
        "wagtail_pbgdpl_pages.ContentPage.author",
        "wagtail_pbgdpl_pages.PartyDocumentPage.implementation",
        "wagtail_pbgdpl_pages.NewsPage.body",
        "wagtail_pbgdpl.ContentTag.name",
        "wagtail_pbgdpl.CalendarException.notice",
    }


@pytest.mark.django_db
class TestWaysIn:
    def test_save(self) -> None:
        row = LegalFieldFactory(name=NFD)
        assert row.name == NFC
        assert stored(LegalField, "name", row.pk) == NFC

    def test_bulk_create(self) -> None:
        (row,) = LegalField.objects.bulk_create([LegalField(code="hoa-giai", name=NFD)])
        assert stored(LegalField, "name", row.pk) == NFC

    def test_bulk_update(self) -> None:
        row = LegalFieldFactory()
        row.name = NFD
        LegalField.objects.bulk_update([row], ["name"])
        assert stored(LegalField, "name", row.pk) == NFC

    def test_update(self) -> None:
        row = LegalFieldFactory()
        LegalField.objects.filter(pk=row.pk).update(name=NFD)
        assert stored(LegalField, "name", row.pk) == NFC

    def test_get_or_create(self) -> None:
        first, _ = LegalField.objects.get_or_create(name=NFD, defaults={"code": "mot"})
        second, made = LegalField.objects.get_or_create(name=NFD, defaults={"code": "hai"})
        assert first == second
        assert not made

    def test_update_from_another_column_keeps_working(self) -> None:
        row = DocumentTypeFactory(name="Quyết định", symbol="QĐ")
        both = Concat("name", Value(" "), "symbol", output_field=models.CharField())
        type(row).objects.filter(pk=row.pk).update(name=both)
        row.refresh_from_db()
        assert row.name == "Quyết định QĐ"

    def test_calendar_exceptions(self) -> None:
        row = CalendarExceptionFactory(name=NFD, notice=NFD)
        assert stored(CalendarException, "name", row.pk) == NFC
        assert stored(CalendarException, "notice", row.pk) == NFC

    def test_portal_settings(self, site: Any) -> None:
        row = PortalSettings.for_site(site)
        row.name = row.citation_rule = NFD
        row.save()
        assert stored(PortalSettings, "name", row.pk) == NFC
        assert stored(PortalSettings, "citation_rule", row.pk) == NFC


@pytest.mark.django_db
class TestFilters:
    """What is typed on macOS finds what is stored."""

    @pytest.mark.parametrize(
        "lookup",
        [
            "exact",
            "iexact",
            "contains",
            "icontains",
            "startswith",
            "istartswith",
            "endswith",
            "iendswith",
            "regex",
            "iregex",
        ],
    )
    @pytest.mark.parametrize("model", [LegalField, PortalSettings])
    def test_an_nfd_filter_finds_the_nfc_row(self, lookup: str, model: Any, site: Any) -> None:
        """A column of characters, and one of text."""
        if model is LegalField:
            row, column = LegalFieldFactory(name=NFC), "name"
        else:
            row, column = PortalSettings.for_site(site), "citation_rule"
            row.citation_rule = NFC
            row.save()
        assert list(model.objects.filter(**{f"{column}__{lookup}": NFD})) == [row]
        assert not model.objects.filter(**{f"{column}__{lookup}": NFD + "?!"}).exists()

    def test_a_list_of_values(self) -> None:
        row = LegalFieldFactory(name=NFC)
        assert LegalField.objects.filter(name__in=["khác", NFD]).get() == row

    def test_a_column_can_still_be_compared_with_another(self) -> None:
        row = DocumentTypeFactory(name="QĐ và UBND", symbol="QĐ")
        DocumentTypeFactory(name="Khác", symbol="X")
        assert type(row).objects.get(name__icontains=F("symbol"), pk__gte=row.pk) == row


class TestLength:
    def test_a_decomposed_text_counts_as_long_as_it_will_be(self) -> None:
        text = unicodedata.normalize("NFD", "ế" * 60)
        assert len(text) == 180
        row = CalendarException(date=datetime.date(2028, 1, 3), kind="off", name=text, notice=text)
        row.clean_fields()
        assert row.notice == "ế" * 60

    def test_what_is_too_long_is_refused(self) -> None:
        row = CalendarException(
            date=datetime.date(2028, 1, 3), kind="off", name="ế", notice="ế" * 101
        )
        with pytest.raises(ValidationError) as caught:
            row.clean_fields()
        assert set(caught.value.message_dict) == {"notice"}


@pytest.mark.parametrize("field", [NFCCharField(max_length=5), NFCTextField()], ids=str)
def test_none_stays_none(field: Any) -> None:
    assert field.get_prep_value(None) is None


@pytest.mark.django_db
class TestTags:
    def test_an_nfd_name_finds_the_tag_that_is_there(self, index_of: Any) -> None:
        from tests.factories import NewsFactory

        tag = ContentTag.objects.create(name=NFC)
        page = NewsFactory(parent=index_of("C2"), tags=[NFD, NFC, NFD])
        assert list(page.tags.all()) == [tag]
        assert ContentTag.objects.count() == 1

    def test_a_new_name_is_composed_and_its_address_has_no_accents(self, index_of: Any) -> None:
        from tests.factories import NewsFactory

        NewsFactory(parent=index_of("C2"), tags=[NFD])
        tag = ContentTag.objects.get()
        assert stored(ContentTag, "name", tag.pk) == NFC
        assert tag.slug == "hoa-giai-vien-o-co-so"

    def test_two_names_with_one_address_get_two(self) -> None:
        """«hòa» and «hoà» are two spellings; a number tells their addresses apart."""
        slugs = [ContentTag.objects.create(name=name).slug for name in ("hòa", "hoà", "hóa", "???")]
        assert slugs == ["hoa", "hoa-1", "hoa-2", "the"]
