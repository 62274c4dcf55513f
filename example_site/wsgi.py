import os

from django.core.wsgi import get_wsgi_application

from wagtail_pbgdpl.serving.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.production")

application = PageCache(get_wsgi_application())
