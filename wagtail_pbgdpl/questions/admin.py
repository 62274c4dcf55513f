"""Questions in the Wagtail admin: what is done there beside their list and their matters' pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import saved_views
from .batches import gather
from .bulk import bulk
from .contact import contact
from .files import question_file
from .transfer_slip import transfer_slip


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/questions/views/", saved_views.save, name="pbgdpl_questions_view"),
        path(
            "pbgdpl/questions/views/<int:pk>/delete/",
            saved_views.end,
            name="pbgdpl_questions_view_end",
        ),
        path("pbgdpl/questions/bulk/<slug:way>/", bulk, name="pbgdpl_questions_bulk"),
        path("pbgdpl/questions/batch/", gather, name="pbgdpl_question_batch"),
        path("pbgdpl/questions/<int:pk>/contact/", contact, name="pbgdpl_question_contact"),
        path("pbgdpl/questions/<int:pk>/slip/", transfer_slip, name="pbgdpl_question_slip"),
        path(
            "pbgdpl/questions/<int:pk>/files/<int:file>/",
            question_file,
            name="pbgdpl_question_file",
        ),
    ]
