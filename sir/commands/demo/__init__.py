"""The demo: an invented programme in every phase, told through the services."""
