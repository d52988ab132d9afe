"""How a form looks: label, help, field, fault, always in this order."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form and field with the templates of the frame."""

    form_template_name = "shell/parts/form.html"
    field_template_name = "shell/parts/field.html"
