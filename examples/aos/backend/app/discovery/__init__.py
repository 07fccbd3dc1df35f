"""Signals that something new is going on."""

from app.discovery.ledger import DiscoverySignal, emit_signal

__all__ = ["DiscoverySignal", "emit_signal"]
