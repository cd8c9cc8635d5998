"""requests-oauth2client shows tokens that are bound to its key: dpop_client.py ISSUER SERVICE AUDIENCE"""

import sys

import requests
from requests_oauth2client import DPoPToken, OAuth2Client

issuer, service, audience = sys.argv[1:]
client = OAuth2Client(
    token_endpoint=f"{issuer}/token",
    client_id="svc",
    client_secret="svc-secret",
    dpop_bound_access_tokens=True,
    testing=True,  # The provider is on this machine, without TLS.
)
token = client.client_credentials(scope="me items", resource=audience)
assert isinstance(token, DPoPToken), token
with requests.Session() as session:
    session.auth = token
    for path in ["/items", "/items", "/me", "/items?page=2", "/v1/items"]:
        answer = session.get(service + path)
        assert (answer.status_code, answer.text) == (200, "svc"), (path, answer, answer.headers)

narrow = client.client_credentials(scope="me", resource=audience)
refused = requests.get(f"{service}/items", auth=narrow)
assert refused.status_code == 403, refused
assert 'error="insufficient_scope", scope="items"' in refused.headers["www-authenticate"], refused.headers

stolen = requests.get(f"{service}/items", headers={"authorization": f"Bearer {token.access_token}"})
assert stolen.status_code == 401, stolen
