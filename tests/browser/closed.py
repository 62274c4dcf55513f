"""Lets a consultation have closed yesterday, and prints its key.

``python -m tests.browser.closed <page>``
"""

from __future__ import annotations

import datetime
import sys

import django

django.setup()

from wagtail_pbgdpl.consultations import cases  # noqa: E402
from wagtail_pbgdpl.consultations.models import Consultation  # noqa: E402
from wagtail_pbgdpl.worktime.active import today  # noqa: E402

consultation = Consultation.objects.get(page=sys.argv[1])
consultation.closes_on = today() - datetime.timedelta(days=1)
consultation.save()
cases.follow_clock(consultation)
print(consultation.pk)
