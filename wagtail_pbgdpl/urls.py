from django.urls import URLPattern, URLResolver

app_name = "wagtail_pbgdpl"

urlpatterns: list[URLPattern | URLResolver] = []
