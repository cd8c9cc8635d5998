// oauth4webapi finds the login by its metadata, gets tokens by all three grants, verifies them as a resource server does (RFC 9068), and
// takes them back: `node oauth4webapi.mjs URL CLIENT_SECRET`, where examples/production runs.
import assert from "node:assert/strict";
import * as oauth from "oauth4webapi";

const [base, secret] = process.argv.slice(2);
// The server is on this machine.
const options = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(base);
const own = { client_id: "ui" };
const reports = { client_id: "reports" };

const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...options });
const server = await oauth.processDiscoveryResponse(issuer, discovered);
assert.equal(server.token_endpoint, `${base}/token`);
assert.equal(server.revocation_endpoint, `${base}/revoke`);
assert.deepEqual(server.grant_types_supported.toSorted(), ["client_credentials", "password", "refresh_token"]);
assert.deepEqual(server.scopes_supported, ["me", "items", "account", "reports"]);

async function logIn(password = "secret") {
  const parameters = new URLSearchParams({ username: "johndoe", password, scope: "me items" });
  const response = await oauth.genericTokenEndpointRequest(server, own, oauth.None(), "password", parameters, options);
  return oauth.processGenericTokenEndpointResponse(server, own, response);
}

async function refresh(token) {
  const response = await oauth.refreshTokenGrantRequest(server, own, oauth.None(), token, options);
  return oauth.processRefreshTokenResponse(server, own, response);
}

// What a resource server reads from a token that it accepts.
async function accepted(token, path = "/users/me/items/") {
  const request = new Request(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return oauth.validateJwtAccessToken(server, request, base, options);
}

const call = (token, path = "/users/me/items/") =>
  oauth.protectedResourceRequest(token, "GET", new URL(`${base}${path}`), undefined, undefined, options);

const refused = (promise) => promise.then(() => assert.fail("was not refused"), (error) => error);

const first = await logIn();
assert.equal(first.scope, "me items");
const second = await refresh(first.refresh_token);
assert.notEqual(second.refresh_token, first.refresh_token);
for (const { access_token } of [first, second]) {
  const claims = await accepted(access_token);
  assert.deepEqual([claims.iss, claims.aud, claims.client_id, claims.scope], [base, base, "ui", "me items"]);
  assert.ok(claims.sub && claims.jti && claims.sid);
  assert.equal((await call(access_token)).status, 200);
}

for (const authentication of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
  const response = await oauth.clientCredentialsGrantRequest(
    server, reports, authentication, new URLSearchParams({ scope: "reports" }), options);
  const token = await oauth.processClientCredentialsResponse(server, reports, response);
  assert.deepEqual([token.scope, token.refresh_token], ["reports", undefined]);
  assert.equal((await accepted(token.access_token, "/reports/users")).client_id, "reports");
  assert.equal((await call(token.access_token, "/reports/users")).status, 200);
}
const wrong = await refused(oauth.clientCredentialsGrantRequest(
  server, reports, oauth.ClientSecretBasic("wrong"), new URLSearchParams(), options)
  .then((response) => oauth.processClientCredentialsResponse(server, reports, response)));
assert.deepEqual([wrong.status, wrong.error ?? wrong.cause?.error], [401, wrong.error ? "invalid_client" : undefined]);

const password = await refused(logIn("wrong"));
assert.deepEqual([password.status, password.error], [400, "invalid_grant"]);

await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, own, oauth.None(), second.refresh_token, options));
const ended = await refused(refresh(second.refresh_token));
assert.deepEqual([ended.status, ended.error], [400, "invalid_grant"]);
const challenge = await refused(call(second.access_token));
assert.deepEqual([challenge.status, challenge.cause[0].parameters.error], [401, "invalid_token"]);
// A resource server elsewhere asks nobody, so it accepts the token until it expires.
await accepted(second.access_token);
console.log("oauth4webapi: discovery, three grants, RFC 9068, revocation");
