"""What a province's portal has of its own: pages, files and a form."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet


class ArticlePage(Page):
    body = RichTextField(blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("body"), FieldPanel("picture")]


@register_snippet
class Scan(models.Model):
    """Files of another app, in the folders that Wagtail uses as well."""

    name = models.CharField(max_length=50)
    paper = models.FileField(upload_to="documents/")
    picture = models.FileField(upload_to="images/")
    other = models.FileField(upload_to="scans/%Y/")

    def __str__(self) -> str:
        return self.name
