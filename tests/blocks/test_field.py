"""The field: blocks from the registry, none of them in migrations, text stored in NFC (I7)."""

from __future__ import annotations

import copy
import io
import json
import pickle
import unicodedata

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from wagtail.models import Page

from tests.extension_app.models import Note, OrdinaryPage, TargetedPage
from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.blocks.registry import registry

NFC = "Phổ biến, giáo dục pháp luật"
NFD = unicodedata.normalize("NFD", NFC)


def paragraph(text, **extra):
    return {"type": "rich_text", "value": f"<p>{text}</p>", **extra}


def field_of(model, name="body"):
    return model._meta.get_field(name)


def stored(model, pk, name="body"):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s",  # noqa: S608
            [pk],
        )
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def test_nfd_and_nfc_differ():
    """Otherwise the tests below could not fail."""
    assert NFD != NFC


class TestResolution:
    def test_each_concrete_model_has_its_own_stream(self):
        ordinary = field_of(OrdinaryPage).stream_block
        targeted = field_of(TargetedPage).stream_block
        assert ordinary is not targeted
        assert ordinary.child_blocks["rich_text"] is not targeted.child_blocks["rich_text"]

    def test_use_decides(self):
        body = field_of(OrdinaryPage).stream_block
        attachments = field_of(OrdinaryPage, "attachments").stream_block
        assert set(body.child_blocks) != set(attachments.child_blocks)

    def test_field_options_reach_the_stream(self):
        assert field_of(OrdinaryPage, "attachments").stream_block.meta.max_num == 3

    @isolate_apps("tests.extension_app")
    def test_a_subclass_does_not_inherit_what_its_base_has_cached(self):
        class Base(models.Model):
            body = BlocksField()

            class Meta:
                abstract = True

        cached = Base._meta.get_field("body").stream_block

        class Child(Base):
            class Meta:
                app_label = "extension_app"

            def __str__(self):
                return ""

        assert Child._meta.get_field("body").stream_block is not cached

    def test_registering_after_the_start_is_refused(self):
        field_of(OrdinaryPage).stream_block  # noqa: B018
        with pytest.raises(ImproperlyConfigured, match=r"extension_app\.ordinarypage"):
            registry.register("too_late", registry.blocks_for("body", OrdinaryPage)[0][1])

    def test_check_names_a_use_without_blocks(self):
        class Mistyped(BlocksField):
            _is_historical = False

        field = Mistyped(use="boyd")
        field.set_attributes_from_name("body")
        field.model = Note
        assert "wagtail_pbgdpl.E011" in {message.id for message in field.check()}

    @pytest.mark.parametrize("model", [OrdinaryPage, TargetedPage, Note])
    def test_check_is_clean(self, model):
        assert field_of(model).check() == []


class TestMigrations:
    def test_deconstruct_names_no_block(self):
        field = BlocksField(use="attachments", blank=True, max_num=2)
        field.set_attributes_from_name("files")
        assert field.deconstruct() == (
            "files",
            "wagtail_pbgdpl.blocks.field.BlocksField",
            [],
            {"blank": True},
        )

    def test_clone_keeps_use_and_options(self):
        field = BlocksField(use="attachments", max_num=2).clone()
        assert field.use == "attachments"
        assert field.block_opts["max_num"] == 2

    @pytest.mark.django_db
    def test_no_migration_is_missing(self):
        """The extension app changes the blocks; nobody's migrations notice."""
        out = io.StringIO()
        call_command(
            "makemigrations",
            "wagtail_pbgdpl",
            "extension_app",
            check=True,
            dry_run=True,
            stdout=out,
        )
        assert "No changes detected" in out.getvalue()

    def test_more_blocks_change_no_state(self, monkeypatch):
        state = ProjectState.from_apps(OrdinaryPage._meta.apps)
        monkeypatch.setitem(field_of(OrdinaryPage).__dict__, "stream_block", None)
        changed = ProjectState.from_apps(OrdinaryPage._meta.apps)
        assert MigrationAutodetector(state, changed)._detect_changes() == {}

    @pytest.fixture
    def historical_note(self):
        loader = MigrationLoader(connection)
        return loader.project_state().apps.get_model("extension_app", "Note")

    @pytest.mark.django_db
    def test_historical_model_reads_an_empty_stream(self, historical_note):
        note = Note.objects.create(body=[paragraph("Một")])
        assert len(historical_note.objects.get(pk=note.pk).body) == 0

    @pytest.mark.django_db
    def test_historical_model_does_not_lose_what_is_stored(self, historical_note):
        note = Note.objects.create(body=[paragraph("Một", id="a1")])
        old = historical_note.objects.get(pk=note.pk)
        old.number = 7
        old.save()
        assert stored(Note, note.pk) == [paragraph("Một", id="a1")]
        assert Note.objects.get(pk=note.pk).body[0].value.source == "<p>Một</p>"

    @pytest.mark.django_db
    @pytest.mark.parametrize("encode", [list, json.dumps])
    def test_historical_model_can_write_raw_content(self, historical_note, encode):
        """A data migration of a site fills in pages."""
        note = historical_note.objects.create(body=encode([paragraph(NFD, id="a1")]))
        assert stored(Note, note.pk) == [paragraph(NFC, id="a1")]

    @pytest.mark.django_db
    def test_historical_model_writes_nothing_as_an_empty_stream(self, historical_note):
        note = historical_note.objects.create()
        assert stored(Note, note.pk) == []


@pytest.mark.django_db
class TestNFC:
    """I7: BK21 Điều 8.2, BK18 Điều 4.1: precomposed, whatever the way in."""

    def test_save(self):
        note = Note.objects.create(body=[paragraph(NFD)])
        assert stored(Note, note.pk)[0]["value"] == f"<p>{NFC}</p>"

    def test_the_saved_instance_is_composed_too(self):
        """The search index is filled from it."""
        note = Note.objects.create(body=[paragraph(NFD)])
        assert note.body[0].value.source == f"<p>{NFC}</p>"

    def test_native_values(self):
        note = Note(number=1)
        note.body = [("quotation", {"text": NFD, "person": NFD, "source": ""})]
        note.save()
        assert stored(Note, note.pk)[0]["value"]["person"] == NFC
        assert note.body[0].value["text"] == NFC

    def test_append(self):
        note = Note.objects.create(body=[paragraph("Một")])
        note.body.append(("quotation", {"text": NFD, "person": "", "source": ""}))
        note.save()
        assert stored(Note, note.pk)[1]["value"]["text"] == NFC

    def test_json_text(self):
        note = Note.objects.create(body=json.dumps([paragraph(NFD)]))
        assert stored(Note, note.pk)[0]["value"] == f"<p>{NFC}</p>"

    def test_bulk_create(self):
        notes = Note.objects.bulk_create([Note(body=[paragraph(NFD)])])
        assert stored(Note, notes[0].pk)[0]["value"] == f"<p>{NFC}</p>"

    def test_bulk_update(self):
        note = Note.objects.create()
        note.body = [paragraph(NFD)]
        Note.objects.bulk_update([note], ["body"])
        assert stored(Note, note.pk)[0]["value"] == f"<p>{NFC}</p>"

    def test_update(self):
        note = Note.objects.create()
        Note.objects.update(body=[paragraph(NFD)])
        assert stored(Note, note.pk)[0]["value"] == f"<p>{NFC}</p>"

    def test_revision(self):
        page = Page.objects.first().add_child(instance=OrdinaryPage(title="Trang"))
        page.body = [paragraph(NFD)]
        revision = page.save_revision()
        assert json.loads(revision.content["body"])[0]["value"] == f"<p>{NFC}</p>"


@pytest.mark.django_db
class TestRoundTrips:
    def test_copy_and_pickle(self):
        note = Note.objects.create(body=[paragraph("Một", id="a1")])
        assert copy.deepcopy(note).body == note.body
        again = pickle.loads(pickle.dumps(note))  # noqa: S301
        assert again.body == note.body
        assert again.body.stream_block is field_of(Note).stream_block

    def test_full_clean(self):
        note = Note(body=[paragraph("Một")])
        note.full_clean()
        assert len(note.body) == 1

    def test_page_copy(self):
        page = Page.objects.first().add_child(
            instance=OrdinaryPage(title="Trang", body=[paragraph("Một")])
        )
        copied = page.copy(update_attrs={"slug": "ban-sao"})
        assert copied.body[0].value.source == "<p>Một</p>"

    def test_json_lookup(self):
        Note.objects.create(body=[paragraph("Một")])
        assert Note.objects.filter(body__0__type="rich_text").count() == 1

    def test_dumpdata_and_loaddata(self, tmp_path):
        Note.objects.create(body=[paragraph("Một", id="a1")])
        path = tmp_path / "notes.json"
        call_command("dumpdata", "extension_app.Note", output=str(path))
        Note.objects.all().delete()
        call_command("loaddata", str(path), verbosity=0)
        assert Note.objects.get().body[0].value.source == "<p>Một</p>"
