"""A production house refuses to start on a setting that suits only a demo."""

import base64

import pytest

from sir.config import Misconfigured, Settings

SOUND = {
    "SIR_MODE": "production",
    "SIR_SECRET_KEY": "s" * 32,
    "SIR_MASTER_KEY": base64.b64encode(b"m" * 32).decode(),
    "SIR_PUBLIC_URL": "https://sir.example",
}


def test_a_demo_needs_no_settings():
    assert Settings.from_environ({}).is_demo


def test_a_sound_production_starts():
    assert not Settings.from_environ(SOUND).is_demo


def test_where_gunicorn_listens_is_a_setting_too():
    assert Settings.from_environ({"SIR_BIND": "0.0.0.0:8000"}).bind == "0.0.0.0:8000"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SIR_SECRET_KEY", "short", "SIR_SECRET_KEY"),
        ("SIR_SECRET_KEY", "not-a-secret-only-for-the-demo", "SIR_SECRET_KEY"),
        ("SIR_MASTER_KEY", "", "SIR_MASTER_KEY"),
        ("SIR_MASTER_KEY", "bm90IDMyIGJ5dGVz", "SIR_MASTER_KEY"),
        ("SIR_PUBLIC_URL", "http://sir.example", "SIR_PUBLIC_URL"),
        ("SIR_DEBUG", "1", "SIR_DEBUG"),
        ("FLASK_DEBUG", "1", "SIR_DEBUG"),
        ("SIR_MODE", "prod", "SIR_MODE"),
        ("SIR_PROXIES", "many", "SIR_PROXIES"),
        ("SIR_DATABSE_URL", "sqlite://", "SIR_DATABSE_URL"),
    ],
)
def test_production_names_what_is_wrong(name, value, says):
    with pytest.raises(Misconfigured, match=says):
        Settings.from_environ(SOUND | {name: value})


def test_every_fault_is_reported_at_once():
    with pytest.raises(Misconfigured) as refusal:
        Settings.from_environ({"SIR_MODE": "production"})

    for name in ("SIR_SECRET_KEY", "SIR_MASTER_KEY", "SIR_PUBLIC_URL"):
        assert name in str(refusal.value)
