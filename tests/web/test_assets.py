"""Built files are found under the names the build gave them."""

import json
import os

import pytest

from sir.config import Settings
from sir.web import assets
from sir.web.headers import add_headers


@pytest.fixture
def manifest(tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    monkeypatch.setattr(assets, "MANIFEST", path)
    return path


def test_a_built_file_has_the_name_the_manifest_says(manifest):
    manifest.write_text(json.dumps({"app.css": "app.1234567890.css"}))

    assert assets.asset("app.css") == "/static/dist/app.1234567890.css"


def test_before_the_build_a_file_keeps_its_plain_name(manifest):
    assert assets.asset("app.css") == "/static/dist/app.css"


def test_a_file_the_build_does_not_know_keeps_its_plain_name(manifest):
    manifest.write_text("{}")

    assert assets.asset("later.css") == "/static/dist/later.css"


def test_the_address_does_not_change_with_the_language(house, manifest):
    manifest.write_text(json.dumps({"app.css": "app.1234567890.css"}))

    with house.test_request_context("/en/", environ_overrides={"sir.lang": "en"}):
        assert assets.asset("app.css") == "/static/dist/app.1234567890.css"


def test_a_new_build_is_seen_while_the_house_is_open(manifest):
    manifest.write_text(json.dumps({"app.css": "app.old.css"}))
    before = assets.asset("app.css")

    manifest.write_text(json.dumps({"app.css": "app.new.css"}))
    os.utime(manifest, ns=(0, 1))

    assert (before, assets.asset("app.css")) == (
        "/static/dist/app.old.css",
        "/static/dist/app.new.css",
    )


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/static/dist/app.c7c7169be9.css", "public, max-age=31536000, immutable"),
        (
            "/static/dist/fonts/public-sans-latin.5ed4d31c98.woff2",
            "public, max-age=31536000, immutable",
        ),
        ("/static/dist/manifest.json", "public, no-cache"),
        ("/static/dist/fonts/pdf/DejaVuSans.ttf", "public, no-cache"),
        ("/static/app.c7c7169be9.css", "public, no-cache"),
    ],
)
def test_only_a_name_that_carries_its_hash_is_kept_for_ever(path, answer):
    assert assets.caching(path) == answer


def test_a_file_that_is_not_there_is_not_remembered(house):
    add_headers(house, Settings())

    answer = house.test_client().get("/static/dist/app.0000000000.css")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
