from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvisionedObject(models.Model):
    """What ``pbgdpl_setup`` made, so that it touches nothing else and makes nothing twice."""

    key = models.CharField(max_length=200, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("object made by the set-up")
        verbose_name_plural = _("objects made by the set-up")

    def __str__(self) -> str:
        return self.key
