// oauth4webapi finds the resource's metadata, logs in by the password grant, and calls the routes that its token opens.
import assert from "node:assert/strict";
import * as oauth from "oauth4webapi";

const base = process.argv[2];
const server = { issuer: base, token_endpoint: `${base}/token` };
const client = { client_id: "tests" };
// The server is on this machine.
const options = { [oauth.allowInsecureRequests]: true };

async function logIn(scope, password = "secret") {
  const parameters = new URLSearchParams({ username: "johndoe", password, scope });
  const response = await oauth.genericTokenEndpointRequest(
    server, client, oauth.None(), "password", parameters, options);
  return oauth.processGenericTokenEndpointResponse(server, client, response);
}

const call = (token, path, method = "GET") =>
  oauth.protectedResourceRequest(token, method, new URL(`${base}${path}`), undefined, undefined, options);

/** The only challenge that the library reads from a refusal. */
async function challenge(request) {
  const error = await request.then(() => assert.fail("was not refused"), (error) => error);
  assert(error instanceof oauth.WWWAuthenticateChallengeError, error);
  assert.equal(error.cause.length, 1);
  assert.equal(error.cause[0].scheme, "bearer");
  return { status: error.status, ...error.cause[0].parameters };
}

const metadata = await oauth.processResourceDiscoveryResponse(
  new URL(base), await oauth.resourceDiscoveryRequest(new URL(base), options));
assert.deepEqual(metadata.authorization_servers, [base]);
assert.deepEqual(metadata.scopes_supported, ["me", "items"]);
assert.deepEqual(metadata.bearer_methods_supported, ["header"]);

const full = await logIn("me items");
assert.equal(full.scope, "me items");
const items = await call(full.access_token, "/users/me/items/");
assert.deepEqual([items.status, await items.json()], [200, [{ item_id: "Foo", owner: "johndoe" }]]);

const weak = await logIn("me");
assert.equal((await call(weak.access_token, "/users/me/")).status, 200);
const resource_metadata = `${base}/.well-known/oauth-protected-resource`;
const common = { realm: "tutorial", resource_metadata };
assert.deepEqual(await challenge(call(weak.access_token, "/users/me/items/")),
  { status: 403, ...common, error: "insufficient_scope", scope: "items me" });
assert.deepEqual(await challenge(call(`${full.access_token}x`, "/users/me/")),
  { status: 401, ...common, error: "invalid_token", scope: "me" });
assert.deepEqual(await challenge(call(full.access_token, "/users/me/transfer/", "POST")), {
  status: 401, ...common, error: "insufficient_user_authentication",
  acr_values: "urn:example:second-factor", max_age: "300",
});

const wrong = await logIn("me", "wrong").then(() => assert.fail("was not refused"), (error) => error);
assert(wrong instanceof oauth.ResponseBodyError, wrong);
assert.deepEqual([wrong.status, wrong.error, wrong.error_description],
  [400, "invalid_grant", "Incorrect username or password"]);
