"""Templates, read once for each language: what always says the same in it is said beforehand.

A page of ours has some hundred words, icons and addresses of styles; Django looks each of them up
whenever the page is made. Here they become text when a template is read, beside the text around
them. What hangs on a request, a person or a thing stays as it is.
"""

from html import escape
from typing import Any, cast

from django.template import Context, Template
from django.template.base import (
    Node,
    NodeList,
    TextNode,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fondaco.web.templatetags.face import icon, start_address

Origins = Any
SILENT = (CommentNode, LoadNode)
SAME = (icon, start_address)
"""Tags of ours that say the same for the same words, in one language."""


class Loader(cached.Loader):
    """Django's loader with a memory, which keeps a template for each language."""

    def cache_key(self, template_name: str, skip: Origins = None) -> str:
        """Where a template is kept: under its name and the language it is read in."""
        return f"{get_language()} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: Origins = None) -> Template:
        """The template in the language of now; it is folded before anybody gets it again."""
        template = super().get_template(template_name, skip)
        if not hasattr(template, "is_said"):
            template.is_said = True  # type: ignore[attr-defined]
            template.nodelist = _said(template.nodelist)
        return template


class Shown(VariableNode):
    """A value on a page; text, which most values are, is only escaped."""

    def render(self, context: Context) -> SafeString:
        """The value as text of the page."""
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return SafeString(escape(value))
        return SafeString(render_value_in_context(value, context))


class Named(Node):
    """A text that the template gives a name."""

    child_nodelists = ()

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def render(self, context: Context) -> SafeString:
        """Nothing; the name is known from here on."""
        context[self.name] = self.text
        return SafeString("")


class Included(IncludeNode):
    """A fragment that is always the same one, looked up once."""

    known: Template | None = None

    def render(self, context: Context) -> SafeString:
        """The fragment, with what it is given."""
        if self.known is None:
            within: Any = context.template
            self.known = cast("Template", within.engine.get_template(self.template.var))
        given = {name: one.resolve(context) for name, one in self.extra_context.items()}
        if self.isolated_context:
            return self.known.render(context.new(given))
        with context.push(**given):
            return self.known.render(context)


def _said(nodes: NodeList) -> NodeList:
    """The nodes with all that is known said, and text beside text made one."""
    said = NodeList()
    for node in nodes:
        found = _folded(node)
        if isinstance(found, TextNode) and said and isinstance(said[-1], TextNode):
            said[-1] = TextNode(said[-1].s + found.s)
        elif not (isinstance(found, TextNode) and not found.s):
            said.append(found)
    said.contains_nontext = nodes.contains_nontext
    return said


def _folded(node: Node) -> Node:
    if isinstance(node, SILENT):
        return TextNode("")
    if _is_known(node):
        return TextNode(str(node.render(Context())))
    made: Node | None = None
    if name := _known_name(node):
        context = Context()
        node.render(context)
        made = Named(name, context[name])
    elif type(node) is VariableNode:
        made = Shown(node.filter_expression)
    elif type(node) is IncludeNode and _is_name(node.template):
        made = Included(
            node.template,
            extra_context=node.extra_context,
            isolated_context=node.isolated_context,
        )
    if made is not None:
        made.token, made.origin = node.token, node.origin
        return made
    _fold_within(node)
    return node


def _fold_within(node: Node) -> None:
    if isinstance(node, IfNode):
        node.conditions_nodelists = [
            (condition, _said(nodes)) for condition, nodes in node.conditions_nodelists
        ]
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList):
            setattr(node, name, _said(nodes))


def _is_known(node: Node) -> bool:
    """Whether a node says the same whenever the page is made, in one language."""
    if isinstance(node, TranslateNode):
        return not node.asvar and _says_one_thing(node)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_text(node.path)
    if isinstance(node, URLNode):
        return not node.asvar and _leads_one_way(node)
    return (
        type(node) is SimpleNode
        and node.func in SAME
        and node.target_var is None
        and all(_is_text(one) for one in [*node.args, *node.kwargs.values()])
    )


def _known_name(node: Node) -> str:
    """The name that a node gives to what is the same whenever the page is made; else nothing."""
    if isinstance(node, TranslateNode):
        return node.asvar or "" if _says_one_thing(node) else ""
    return node.asvar or "" if isinstance(node, URLNode) and _leads_one_way(node) else ""


def _leads_one_way(node: URLNode) -> bool:
    """Whether an address hangs on nothing but the language; not where the site has a prefix."""
    is_plain = _is_text(node.view_name) and not node.args and not node.kwargs
    return is_plain and get_script_prefix() == "/"


def _says_one_thing(node: TranslateNode) -> bool:
    asked = node.filter_expression
    context = node.message_context
    is_plain = not asked.filters and getattr(asked.var, "literal", None) is not None
    return is_plain and (context is None or _is_text(context))


def _is_text(asked: Any) -> bool:
    """Whether an expression of a template is text between quotes, and nothing else."""
    return isinstance(asked.var, str) and not asked.filters


def _is_name(asked: Any) -> bool:
    """Whether it is the whole name of a template."""
    return _is_text(asked) and not asked.var.startswith(".")
