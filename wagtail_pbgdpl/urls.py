from django.urls import path

from .content.feeds import ContentFeed

app_name = "wagtail_pbgdpl"

urlpatterns = [
    path("pbgdpl/rss.xml", ContentFeed(), name="feed"),
    path("pbgdpl/rss/<slug:category>.xml", ContentFeed(), name="category_feed"),
]
