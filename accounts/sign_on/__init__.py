"""Sign-on: signing in with the account that somebody has at another service, by OpenID Connect (ADR 0050)."""
