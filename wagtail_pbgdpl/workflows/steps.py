"""The words of a step of the regulation, by which the room knows it below its model.

Clauses: BK21 Điều 14.2, Điều 15.2; QT24 Điều 4.2 (R7, R12).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField


class StepMixin(models.Model):
    """What is done at a step, by which role, under which clause; a task with these words is one.

    Made by ``pbgdpl_setup``. It stays as it is when the profile changes, so that items on their way
    finish by the rules under which they were sent.
    """

    #: Of Wagtail's task.
    name: str

    profile = models.CharField(_("regulation profile"), max_length=255, editable=False)
    action = models.CharField(_("what is done"), max_length=20, editable=False)
    role = models.CharField(_("role"), max_length=20, editable=False)
    optional = models.BooleanField(_("may be left out"), default=False, editable=False)
    clause = NFCCharField(_("clause"), max_length=255, blank=True, editable=False)

    class Meta:
        abstract = True
