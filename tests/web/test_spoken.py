"""What a template always says is said when it is read; the page is the same as Django's own."""

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.base import TextNode
from django.urls import set_script_prefix
from django.utils import translation

SHARED = {
    "libraries": {"tz": "django.templatetags.tz"},
    "builtins": [
        "django.templatetags.i18n",
        "django.templatetags.static",
        "fondaco.web.templatetags.words",
        "fondaco.web.templatetags.face",
    ],
}
SAID = {
    "constant.html": '{# nothing #}<b>{% translate "Save" %}</b>{% icon "arrow" %}{% load tz %}'
    "{% static 'web/favicon.svg' %}<a href=\"{% url 'desks:calls' %}\">",
    "named.html": "{% translate 'Save' as word %}{% url 'desks:calls' as way %}"
    "{{ word }} {{ way }}",
    "within.html": "{% for one in many %}{% if one %}{% translate 'Save' %}{{ one }}{% else %}-"
    "{% translate 'Sign in' %}{% endif %}{% empty %}{% translate 'Later' %}{% endfor %}",
    "escapes.html": "{{ text }}|{{ safe|safe }}|{{ number }}|{{ nothing }}|{{ lazy }}|"
    "{{ text|upper }}",
    "open.txt": "{% autoescape off %}{{ text }}{% translate 'Save' %}{% endautoescape %}",
    "with.html": "{% include 'escapes.html' with text='<i>' %}{{ text }}"
    "{% include 'escapes.html' with text='<u>' only %}",
    "frame.html": "<main>{% block main %}{% translate 'Save' %}{% endblock %}</main>",
    "page.html": "{% extends 'frame.html' %}{% block main %}{{ block.super }}, {{ text }}"
    "{% endblock %}",
    "chosen.html": "{% include name %}",
    "choice.html": "{% translate word %}{% static name %}",
    "itself.html": "{% if depth %}{% with depth=depth|slice:'1:' %}({% include 'itself.html' %})"
    "{% endwith %}{% endif %}",
}
GIVEN = {
    "many": ["<1>", "", "2"],
    "text": "<a> & 'b'",
    "safe": "<em>",
    "number": 1234.5,
    "lazy": translation.gettext_lazy("Save"),
    "name": "named.html",
    "depth": "xx",
}


def engine(folder, loader):
    inner = [("django.template.loaders.filesystem.Loader", [str(folder)])]
    loaders = [(loader, inner)] if loader else inner
    return Engine(loaders=loaders, **SHARED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("templates")
    for name, text in SAID.items():
        (made / name).write_text(text, "utf-8")
    return made


@pytest.fixture(scope="module")
def both(folder):
    return engine(folder, "fondaco.web.spoken.Loader"), engine(folder, "")


@pytest.mark.parametrize("name", sorted(set(SAID) - {"choice.html"}))
def test_a_page_is_the_same_in_every_language_however_often_it_is_made(both, name):
    for language in ("en", "fr", "ar", "en"):
        with translation.override(language):
            ours, own = (one.get_template(name).render(Context(GIVEN)) for one in both)
            assert ours == own
            assert both[0].get_template(name).render(Context(GIVEN)) == own


def test_what_is_always_the_same_is_one_piece_of_text(both):
    with translation.override("fr"):
        [only] = both[0].get_template("constant.html").nodelist
    assert isinstance(only, TextNode)
    assert "<b>Enregistrer</b>" in only.s
    assert 'href="/fr/' in only.s


def test_what_hangs_on_a_value_is_asked_each_time(both):
    with translation.override("fr"):
        page = both[0].get_template("choice.html")
        said = [
            page.render(Context({"word": word, "name": "web/favicon.svg"}))
            for word in ("Save", "Sign in")
        ]
    assert said[0].startswith("Enregistrer")
    assert said[0] != said[1]


def test_an_address_below_a_prefix_is_worked_out_each_time(folder):
    ours = engine(folder, "fondaco.web.spoken.Loader")
    set_script_prefix("/house/")
    try:
        assert "/house/en/" in ours.get_template("named.html").render(Context({}))
    finally:
        set_script_prefix("/")
    assert "/house/" not in ours.get_template("named.html").render(Context({}))


def test_the_site_reads_its_templates_so():
    [(loader, _inner)] = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    assert loader == "fondaco.web.spoken.Loader"
