"""In an app of its own: Wagtail's first migration waits for it, and images wait for Wagtail's."""

from django.db import models
from wagtail.models import AbstractPage


class BasePage(AbstractPage):
    importance = models.CharField(max_length=20, blank=True)
