"""Renderers: pure functions from a Report to a text."""
