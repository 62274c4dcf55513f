"""Wagtail 8's API beside the addresses of the example portal."""

from django.urls import path
from wagtail.api.v3.urls import api

from example_site.urls import urlpatterns as site

urlpatterns = [path("api/v3/", api.urls), *site]
