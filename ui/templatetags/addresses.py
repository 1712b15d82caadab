"""`{% url %}` in every template: for keys of rows, with addresses composed once."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url

from ui.addresses import address_of

register = template.Library()


class KeyedURLNode(URLNode):
    """Arguments in order, printed where it stands: nearly every link here."""

    def render(self, context: Context) -> Any:
        name, args = self.view_name.resolve(context), [arg.resolve(context) for arg in self.args]
        return address_of(name, args)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    node = django_url(parser, token)
    if not node.args or node.kwargs or node.asvar:
        return node
    return KeyedURLNode(node.view_name, node.args, node.kwargs, node.asvar)
