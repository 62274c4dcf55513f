"""A process that counts, for ``test_processes``: ``prepare`` makes the tables, ``count`` counts."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from wagtail_pbgdpl.traffic.buffer import buffer  # noqa: E402
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficMinute, TrafficPage  # noqa: E402

if sys.argv[1] == "prepare":
    with connection.schema_editor() as editor:
        for model in (TrafficDay, TrafficPage, TrafficMinute):
            editor.create_model(model)
else:
    for number in range(500):
        # Neighbouring rows, from one end in some processes and from the other in the rest.
        page = number % 20 if int(sys.argv[2]) % 2 else 19 - number % 20
        buffer.count(page + 1, f"C{page % 5}", view=True, beat=True)
        if number % 7 == 0:
            buffer.flush()
    # The last counts are not flushed here: an orderly end must not lose them.
