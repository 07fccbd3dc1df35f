from acme.auth.tokens import make
