"""The address of a static file is worked out once."""

from fondaco.web.storage import StaticFiles


def test_an_address_is_worked_out_once_for_each_file(settings, monkeypatch, tmp_path):
    settings.DEBUG = False
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.hashed_files = {"a.css": "a.1.css", "b.css": "b.2.css"}

    assert [storage.url("a.css"), storage.url("b.css")] == ["/static/a.1.css", "/static/b.2.css"]
    storage.hashed_files = {}
    assert storage.url("a.css") == "/static/a.1.css"
