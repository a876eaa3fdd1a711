"""A small house for the form layer: no database, the real templates and catalogues."""

import pytest
from flask import Flask
from flask_babel import Babel

from sir.config import ROOT, Settings
from sir.web.jinja import furnish
from sir.web.locale import LanguagePrefix, page_language


@pytest.fixture
def house():
    """An app with nothing but words, templates and a secret; add routes to taste."""
    app = Flask("sir", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(
        SECRET_KEY="a secret of the tests",
        TESTING=True,
        BABEL_DEFAULT_LOCALE="nl",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "sir" / "translations"),
    )
    Babel(app, locale_selector=page_language)
    furnish(app, Settings())
    app.wsgi_app = LanguagePrefix(app.wsgi_app)
    return app
