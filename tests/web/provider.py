"""A provider of OpenID Connect for tests: lets whoever comes in at once, and can lie in one way or another."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from fastapi import Form, Request
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.web.elsewhere import Elsewhere

CLIENT, SECRET = "waggle", "only the two of us know this one, and it is long enough"


class Provider(Elsewhere):
    """Answers as the rules of OpenID Connect ask; ``lies`` names what it does not do right."""

    def __init__(self, claims: dict[str, Any]) -> None:
        self.claims = claims
        self.lies = ""
        self.more: dict[str, Any] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "one"})
        self._other = RSAKey.generate_key(2048, {"kid": "one"})
        self._asked: dict[str, dict[str, str]] = {}
        super().__init__(
            ("GET", "/.well-known/openid-configuration", self._about),
            ("GET", "/keys", self._keys),
            ("GET", "/authorize", self._authorize),
            ("POST", "/token", self._token),
            ("GET", "/userinfo", self._userinfo),
        )

    async def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    async def _keys(self) -> dict[str, Any]:
        return {"keys": [self._key.as_dict(private=False)]}

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if self.lies == "refused":
            return RedirectResponse(f"{asked['redirect_uri']}?error=access_denied&state={asked['state']}", 302)
        code = f"code-{len(self._asked)}"
        self._asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", status_code=302)

    async def _token(self, request: Request, code: str = Form(), code_verifier: str = Form()) -> Response:
        asked = self._asked.pop(code)
        shown = urlsafe_b64encode(sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        assert shown == asked["code_challenge"]
        assert "authorization" in request.headers
        now = int(time.time())
        claims = {
            "iss": "https://elsewhere.example" if self.lies == "issuer" else self.address,
            "aud": "somebody else" if self.lies == "audience" else CLIENT,
            "nonce": "another" if self.lies == "nonce" else asked["nonce"],
            "exp": now - 3600 if self.lies == "late" else now + 300,
            "iat": now - 7200 if self.lies == "late" else now,
            "sub": "1",
            **self.claims,
        }
        key = self._other if self.lies == "key" else self._key
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token})

    async def _userinfo(self) -> dict[str, Any]:
        return {"sub": "1", **self.claims, **self.more}
