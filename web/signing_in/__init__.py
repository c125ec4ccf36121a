"""Signing in, where an organisation wants it: by a header that a proxy sets, or at a provider of OpenID Connect."""
