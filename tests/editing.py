"""The editor's form of a page, as a browser sends it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import nested_form_data, streamfield


def posted(form: Any) -> dict[str, Any]:
    """Return what the browser would send for an untouched form."""
    data: dict[str, Any] = {}
    stream_names = {
        field.name
        for field in form._meta.model._meta.get_fields()
        if isinstance(field, StreamField)
    }
    for name, field in form.fields.items():
        if name in stream_names:
            data[name] = streamfield([])
        else:
            value = form.get_initial_for_field(field, name)
            if value not in (None, "", []):
                data[name] = value
            elif name.endswith("implementation"):
                data[name] = "null"
    for name, formset in form.formsets.items():
        data[name] = {
            "TOTAL_FORMS": 0,
            "INITIAL_FORMS": 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": 1000,
        }
        del formset
    flat = nested_form_data({k: v for k, v in data.items() if isinstance(v, dict)})
    formset_prefix = {key.replace("comments-", "comments-"): value for key, value in flat.items()}
    return {**{k: v for k, v in data.items() if not isinstance(v, dict)}, **formset_prefix}


def save(client: Client, page: Any, **values: str) -> Any:
    """Send the form that the editor shows, with some values changed; return the answer."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, posted(client.get(address).context["form"]) | values)
