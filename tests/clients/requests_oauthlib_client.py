"""requests-oauthlib logs in by the password grant, and calls the routes that its token opens."""

import os
import sys

from oauthlib.oauth2 import InvalidGrantError, LegacyApplicationClient
from requests_oauthlib import OAuth2Session

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # The server is on this machine.
# Otherwise oauthlib treats fewer scopes than requested as an error. The service names the scopes that it grants.
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"
base = sys.argv[1]


def log_in(scope, password="secret"):
    session = OAuth2Session(client=LegacyApplicationClient(client_id="tests", scope=scope))
    token = session.fetch_token(f"{base}/token", username="johndoe", password=password)
    return session, token


session, token = log_in(["me", "items"])
assert token["scope"] == ["me", "items"], token
answer = session.get(f"{base}/users/me/items/")
assert (answer.status_code, answer.json()) == (200, [{"item_id": "Foo", "owner": "johndoe"}]), answer.text

session, token = log_in(["me", "undeclared"])
assert token["scope"] == ["me"], token
assert session.get(f"{base}/users/me/").status_code == 200
answer = session.get(f"{base}/users/me/items/")
assert (answer.status_code, answer.json()["error"]) == (403, "insufficient_scope"), answer.text
assert 'scope="items me"' in answer.headers["WWW-Authenticate"], answer.headers

try:
    log_in(["me"], password="wrong")
except InvalidGrantError as error:
    assert error.description == "Incorrect username or password", error
else:
    raise AssertionError("a wrong password was accepted")
