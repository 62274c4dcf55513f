"""Where the profile cannot be used: the portal says so, and the rest of the site goes on."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.ui.components import Component

from ..regulations import RegulationError
from ..regulations.active import get_regulation
from ..regulations.problems import Problem

logger = logging.getLogger(__name__)

ADMIN = "wagtail_pbgdpl/admin/unusable.html"
PUBLIC = "wagtail_pbgdpl/errors/unusable.html"


def answer(request: HttpRequest, error: RegulationError) -> HttpResponse:
    """Answer 503: in the admin with what is wrong, to the public without it."""
    logger.critical("The regulation profile cannot be used:\n%s", error)
    if request.path.startswith(reverse("wagtailadmin_home")):
        context = {"problems": error.problems}
        response = render(request, ADMIN, context, status=503)
    else:
        response = HttpResponse(render_to_string(PUBLIC), status=503)
    response["Cache-Control"] = "no-store"
    return response


class UnusablePanel(Component):
    """On the home page of the admin: what is wrong with the profile."""

    name = "pbgdpl_unusable"
    template_name = "wagtail_pbgdpl/admin/unusable_panel.html"
    order = 1

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        return {"problems": self.problems}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show everybody in the admin why nothing can be done, in place of the portal's panels."""
    try:
        get_regulation()
    except RegulationError as error:
        others = [one for one in panels if not getattr(one, "name", "").startswith("pbgdpl_")]
        panels[:] = [*others, UnusablePanel(error.problems)]
