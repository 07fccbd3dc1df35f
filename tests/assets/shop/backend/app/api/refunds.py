"""Refunds over HTTP; mounted nowhere."""

from app.services.refunds import refund
