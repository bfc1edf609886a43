"""Assess a firm's IT against the IT4IT value streams and say which to adopt first."""

__version__ = "0.1.0"
