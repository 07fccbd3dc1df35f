"""Tokens in the web's usual format."""


class TokenPayload:
    """What a token says."""


class JWTAuthDependency:
    """Reads the token of a request."""

    def __call__(self) -> TokenPayload:
        return TokenPayload()
