"""The example portal for gunicorn, without the limit on how often one address may search."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from wagtail_pbgdpl.content import search_results  # noqa: E402
from wagtail_pbgdpl.core.flood import FloodGate  # noqa: E402

search_results.gate = search_results.gate_of_unknown = FloodGate(10**9, 10**9)
search_results.gate_of_typing = FloodGate(10**9, 10**9)
