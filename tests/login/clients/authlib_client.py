"""Authlib finds the login by its metadata, gets tokens by all three grants, verifies them (RFC 9068), and takes them back:
`python authlib_client.py URL CLIENT_SECRET`, where examples/production runs."""
import sys

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from joserfc.jwk import KeySet

base, secret = sys.argv[1:]

metadata = requests.get(f"{base}/.well-known/oauth-authorization-server").json()
checked = AuthorizationServerMetadata(metadata)
for member in ("jwks_uri", "scopes_supported", "grant_types_supported", "token_endpoint_auth_methods_supported",
               "revocation_endpoint", "revocation_endpoint_auth_methods_supported"):
    getattr(checked, f"validate_{member}")()


class Validator(JWTBearerTokenValidator):
    def get_jwks(self):
        return KeySet.import_key_set(requests.get(metadata["jwks_uri"]).json())


validator = Validator(issuer=base, resource_server=base)


def accepted(token, scope):
    claims = validator.authenticate_token(token)
    validator.validate_token(claims, [scope], None)
    return claims


user = OAuth2Session("ui", token_endpoint_auth_method="none", scope="me items", token_endpoint=metadata["token_endpoint"])
first = user.fetch_token(metadata["token_endpoint"], username="johndoe", password="secret")
second = user.refresh_token(metadata["token_endpoint"])
assert first["refresh_token"] != second["refresh_token"]
for token in (first, second):
    claims = accepted(token["access_token"], "me items")
    assert (claims["client_id"], claims["scope"]) == ("ui", "me items"), claims
assert user.get(f"{base}/users/me/items/").status_code == 200

for method in ("client_secret_basic", "client_secret_post"):
    client = OAuth2Session("reports", secret, token_endpoint_auth_method=method, scope="reports")
    token = client.fetch_token(metadata["token_endpoint"], grant_type="client_credentials")
    assert accepted(token["access_token"], "reports")["client_id"] == "reports"
    assert client.get(f"{base}/reports/users").json() == {"users": 2}

try:
    OAuth2Session("ui", token_endpoint_auth_method="none").fetch_token(
        metadata["token_endpoint"], username="johndoe", password="wrong")
    raise AssertionError("a wrong password was not refused")
except OAuthError as error:
    assert error.error == "invalid_grant", error

assert user.revoke_token(metadata["revocation_endpoint"], token=second["refresh_token"]).status_code == 200
assert requests.get(f"{base}/users/me/items/", headers={"authorization": f"Bearer {second['access_token']}"}).status_code == 401
print("Authlib: metadata, three grants, RFC 9068, revocation")
