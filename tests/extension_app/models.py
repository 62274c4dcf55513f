from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.core.encrypted import EncryptedCharField
from wagtail_pbgdpl.core.personal import Personal
from wagtail_pbgdpl.intake.attachments import Attachment
from wagtail_pbgdpl.intake.sender import Sender


class BodyMixin(models.Model):
    """As a regulated page type does it: the field stands on an abstract mixin."""

    body = BlocksField(blank=True)
    attachments = BlocksField(use="attachments", blank=True, max_num=3)

    content_panels_of_body = [FieldPanel("body"), FieldPanel("attachments")]
    search_fields_of_body = [index.SearchField("body")]

    class Meta:
        abstract = True


class OrdinaryPage(BodyMixin, Page):  # noqa: DJ008
    template = "extension_app/page.html"
    content_panels = [*Page.content_panels, *BodyMixin.content_panels_of_body]
    search_fields = [*Page.search_fields, *BodyMixin.search_fields_of_body]


class TargetedPage(BodyMixin, Page):  # noqa: DJ008
    """A page type for which blocks are registered apart."""

    template = "extension_app/page.html"
    content_panels = [*Page.content_panels, *BodyMixin.content_panels_of_body]


class BranchPage(OrdinaryPage):  # noqa: DJ008
    """It shares the field of a concrete page type, and still has blocks of its own."""


class Note(BodyMixin):
    """No page: written with the ORM alone."""

    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class Teaser(models.Model):  # noqa: DJ008
    """It goes with the page that it leads to."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")


class SpeakerRequest(models.Model):
    topic = models.CharField("chủ đề", max_length=200)
    place = models.CharField("nơi tổ chức", max_length=200)
    unit = models.ForeignKey("wagtail_pbgdpl.Unit", models.PROTECT, verbose_name="đơn vị")

    def __str__(self) -> str:
        return self.topic


class Petition(Sender):
    """What a site takes in from the public, with fields of its own."""

    code = models.CharField(max_length=16, unique=True)
    text = models.TextField("nội dung")
    bank_account = EncryptedCharField("số tài khoản", max_length=40, blank=True)

    personal = {
        "text": Personal("để trả lời", "Q1", kept="hồ sơ lưu trữ"),
        "bank_account": Personal("để trả tiền", "Q1", 30),
    }
    not_personal = ("code",)

    def __str__(self) -> str:
        return self.code


class PetitionFile(Attachment):
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="files")

    not_personal = ("petition",)
