"""The site's addresses and, before them, those of the list under test."""

from django.urls import include, path

from wagtail_pbgdpl.worktime.admin import CalendarExceptionAdmin

urlpatterns = [
    path("admin/", include(list(CalendarExceptionAdmin().get_admin_urls_for_registration()))),
    path("", include("example_site.urls")),
]
