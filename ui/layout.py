"""Layout for `{% crispy form %}`: a legend round a few fields."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django.template.loader import render_to_string


class Group(LayoutObject):  # type: ignore[misc]  # crispy has no types
    """Fields under one legend. The legend is text, escaped; crispy's own Fieldset runs it as a template."""

    def __init__(self, legend: str, *fields: Any) -> None:
        self.legend = legend
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> str:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string("govuk/layout/fieldset.html", {"legend": self.legend, "fields": fields})
