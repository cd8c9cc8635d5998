"""Authlib logs in by the password grant, and calls the routes that its token opens."""

import sys

from authlib.integrations.requests_client import OAuth2Session, OAuthError

base = sys.argv[1]


def log_in(scope, password="secret"):
    session = OAuth2Session("tests", scope=scope, token_endpoint_auth_method="none")
    token = session.fetch_token(
        f"{base}/token", username="johndoe", password=password, grant_type="password"
    )
    return session, token


session, token = log_in("me items")
assert token["scope"] == "me items", token
answer = session.get(f"{base}/users/me/items/")
assert (answer.status_code, answer.json()) == (200, [{"item_id": "Foo", "owner": "johndoe"}]), answer.text

session, token = log_in("me")
assert session.get(f"{base}/users/me/").status_code == 200
answer = session.get(f"{base}/users/me/items/")
assert (answer.status_code, answer.json()["error"]) == (403, "insufficient_scope"), answer.text

try:
    log_in("me", password="wrong")
except OAuthError as error:
    assert error.error == "invalid_grant", error
    assert error.description == "Incorrect username or password", error
else:
    raise AssertionError("a wrong password was accepted")
