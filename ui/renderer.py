"""FORM_RENDERER: every form on the site, allauth's too, comes out as GOV.UK components."""

from django.forms.renderers import TemplatesSetting

from ui.boundfield import GovukBoundField


class GovukRenderer(TemplatesSetting):
    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
    bound_field_class = GovukBoundField
