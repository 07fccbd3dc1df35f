"""Google and Azure as places to log in."""


class Provider:
    """Swaps a code for a user."""

    def exchange(self, code: str) -> str:
        """The user's address."""
        return f"{code}@example.org"


def get_google_provider() -> Provider:
    """Google."""
    return Provider()


get_azure_provider = get_google_provider
