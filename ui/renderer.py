"""FORM_RENDERER: every form on the site, allauth's too, comes out as GOV.UK components."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from ui.boundfield import GovukBoundField
from ui.rendering import RENDERERS


class GovukRenderer(TemplatesSetting):
    """Fields and plain inputs are written by ui/rendering.py; all else has a template."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = GovukBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = RENDERERS.get(template_name)
        if write:
            return mark_safe(write(context))
        return super().render(template_name, context, request)
