"""Showing an assessment: in words, as data, as Markdown and as one HTML page."""
