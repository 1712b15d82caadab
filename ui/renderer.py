"""FORM_RENDERER: every form on the site, allauth's too, comes out as GOV.UK components."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from ui.boundfield import GovukBoundField
from ui.rendering import FIELD_TEMPLATE, RENDERERS


class GovukRenderer(TemplatesSetting):
    """Fields and plain inputs are written by ui/rendering.py; all else has a template."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = FIELD_TEMPLATE
    bound_field_class = GovukBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = RENDERERS.get(template_name)
        if write:
            return SafeString(write(context))
        return super().render(template_name, context, request)
