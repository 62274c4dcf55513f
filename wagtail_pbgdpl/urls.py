"""The addresses of the portal, below ``/pbgdpl/`` and ``/api/pbgdpl/``: it takes nothing else."""

from django.urls import include, path

from .api import service as api
from .asking import own_data
from .asking import status as asking_status
from .asking import views as asking
from .commenting import views as commenting
from .eli import views as law
from .embedding import views as embedding
from .face import feeds, search_address, search_elsewhere
from .face.accessibility import statement
from .face.linked_systems import linked_systems
from .face.question_figures import question_figures
from .face.tag_page import tag_page
from .search.views import look_alikes
from .site.theme import theme
from .surveys import views as surveys
from .traffic import helpful
from .traffic import views as traffic

LAW = "pbgdpl/eli/vn/<slug:issuer>/<slug:kind>/<int:year>/<slug:number>"

app_name = "wagtail_pbgdpl"

urlpatterns = [
    path("pbgdpl/theme.css", theme, name="theme"),
    path("pbgdpl/tim-kiem/", search_address.search, name="search"),
    path("pbgdpl/tim-kiem/goi-y", search_address.suggest, name="search_suggest"),
    path("pbgdpl/tim-kiem/noi-khac/", search_elsewhere.elsewhere, name="search_elsewhere"),
    path("pbgdpl/hoi-dap/tuong-tu", look_alikes, name="alike"),
    path("pbgdpl/tro-nang/", statement, name="accessibility"),
    path("pbgdpl/he-thong-lien-ket/", linked_systems, name="linked_systems"),
    path("pbgdpl/hoi-dap/so-lieu/", question_figures, name="question_figures"),
    path(
        "pbgdpl/hoi-dap/so-lieu/<int:year>-<int:month>/",
        question_figures,
        name="question_figures_month",
    ),
    path("pbgdpl/dat-cau-hoi/", asking.ask, {"kind": "question"}, name="ask"),
    path("pbgdpl/gop-y/", asking.ask, {"kind": "feedback"}, name="ask_feedback"),
    path("pbgdpl/phan-anh/", asking.ask, {"kind": "petition"}, name="ask_petition"),
    path("pbgdpl/da-nhan/<str:token>/", asking.receipt, name="asked"),
    path("pbgdpl/tra-cuu/", asking.look_up, name="question_status"),
    path("pbgdpl/tra-cuu/<str:token>/", asking_status.status, name="question_open"),
    path("pbgdpl/tra-cuu/<str:token>/<int:number>/", asking_status.file, name="question_file"),
    path("pbgdpl/tra-cuu/<str:token>/ban-sao/", own_data.copy, name="question_copy"),
    path("pbgdpl/khao-sat/<int:page_id>/<uuid:block>/", surveys.survey, name="survey"),
    path("pbgdpl/du-thao/da-nhan/<str:token>/", commenting.receipt, name="comment_received"),
    path("pbgdpl/du-thao/tra-cuu/", asking.look_up, {"about": "comment"}, name="comment_status"),
    path("pbgdpl/du-thao/tra-cuu/<str:token>/", commenting.status, name="comment_open"),
    path(
        "pbgdpl/du-thao/tra-cuu/<str:token>/<int:number>/",
        commenting.file,
        name="comment_file",
    ),
    path("pbgdpl/du-thao/tra-cuu/<str:token>/ban-sao/", commenting.copy, name="comment_copy"),
    path("pbgdpl/du-thao/<int:page>/", commenting.draft, name="draft"),
    path("pbgdpl/du-thao/<int:page>/y-kien/", commenting.comments, name="comments"),
    path(
        "pbgdpl/du-thao/<int:page>/thay-doi/<int:number>/",
        commenting.changes,
        name="draft_changes",
    ),
    path("pbgdpl/du-thao/<int:page>/gop-y/", commenting.comment, name="comment"),
    path("pbgdpl/du-thao/<int:page>/gop-y/<slug:anchor>/", commenting.comment, name="comment_at"),
    path("pbgdpl/nhung/", embedding.helper, name="embedding"),
    path("pbgdpl/nhung/pbgdpl.js", embedding.script, name="embedding_script"),
    path("pbgdpl/nhung/<slug:word>/", embedding.section, name="embedded"),
    path("pbgdpl/nhung/<slug:word>/<path:key>", embedding.section, name="embedded_key"),
    path(f"{LAW}.xml", law.xml, name="law_xml"),
    path(LAW, law.law, name="law"),
    path(f"{LAW}/<path:part>", law.law, name="law_part"),
    path("pbgdpl/van-ban/<int:page_id>.docx", law.word, name="law_word"),
    path("pbgdpl/the/<slug:slug>/", tag_page, name="tag"),
    path("pbgdpl/opensearch.xml", search_address.description, name="opensearch"),
    *feeds.urls(),
    path("pbgdpl/huu-ich/<int:page_id>/", helpful.press, name="helpful"),
    path("pbgdpl/huu-ich/<int:page_id>/cam-on/", helpful.thanks, name="helpful_thanks"),
    path("pbgdpl/traffic/beacon/", traffic.beacon, name="traffic_beacon"),
    path("pbgdpl/traffic/figures.json", traffic.figures, name="traffic_figures"),
    path("api/pbgdpl/v1/", include((api.urlpatterns(), "api"))),
]
