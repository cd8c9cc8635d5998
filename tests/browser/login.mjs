// The docs page of examples/resource_server logs in at a real provider by authorization code with PKCE, from the button of the
// dialog to a token that the API accepts: `node login.mjs http://127.0.0.1:8000 http://127.0.0.1:9400`, where the example and
// tests/idp/idp.mjs run.

import assert from "node:assert/strict";
import { choose, execute, open, openDialog, picture, run, show } from "./page.mjs";

const [base, issuer] = process.argv.slice(2);
if (!issuer) {
  console.error("usage: node login.mjs <URL of the example> <URL of its issuer>");
  process.exit(2);
}
// The page of the provider loads fonts from here.
const FONTS = "https://fonts.googleapis.com";
const SCOPES = ["notes:read", "notes:write"];

// The provider asks for name and password, unless it remembers the user, and for consent. Then its window closes.
async function pass(popup, remembers) {
  const closed = popup.waitForEvent("close");
  if (!remembers) {
    await popup.locator("input[name=login]").fill("amy");
    await popup.locator("input[name=password]").fill("whatever");
    await popup.locator("button[type=submit]").click();
  }
  await popup.locator("form:has(input[value=consent]) button[type=submit]").click();
  await closed;
}

// Logs in, and returns the parameters of the request to the provider.
async function logIn(page, context, scopes, remembers) {
  const dialog = await openDialog(page);
  const logout = dialog.getByRole("button", { name: "Remove authorization" });
  if (await logout.count()) await logout.click();
  assert.equal(await dialog.locator("[id^=client_id]").inputValue(), "docs-page", "the client is proposed");
  await choose(dialog, SCOPES, scopes);
  const asked = new Promise((resolve) => context.once("request", (request) => resolve(new URL(request.url()).searchParams)));
  const [popup] = await Promise.all([
    context.waitForEvent("page"),
    dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click(),
  ]);
  const parameters = await asked;
  await pass(popup, remembers);
  await logout.waitFor();
  await picture(page, `logged-in-${scopes.length}`);
  await dialog.locator(".btn-done").click();
  return parameters;
}

async function codeFlowAtTheProvider(browser) {
  const origins = [base, issuer, FONTS].map((url) => new URL(url).origin);
  const { context, page, faults } = await open(browser, { origins, refused: ["401 /notes", "403 /notes"] });
  await context.route(`${FONTS}/**`, (route) => route.fulfill({ contentType: "text/css", body: "" }));
  const redeemed = [];
  context.on("request", (request) => {
    if (request.url() === `${issuer}/token`) redeemed.push(new URLSearchParams(request.postData()));
  });
  await show(page, base);
  assert.equal((await execute(page, "/notes")).status, 401, "without a login");

  const asked = await logIn(page, context, ["notes:read"], false);
  assert.equal(asked.get("redirect_uri"), new URL("/docs/oauth2-redirect.html", base).href);
  assert.equal(asked.get("code_challenge_method"), "S256");
  assert.equal(asked.get("resource"), base, "a token of this API is asked for");
  assert.equal(asked.get("scope"), "notes:read");
  assert.equal((await execute(page, "/notes")).status, 200, "`notes:read` suffices for reading");
  const refused = await execute(page, "/notes", "post");
  assert.equal(refused.status, 403, "and does not for writing");
  await picture(page, "refused-write");

  await logIn(page, context, SCOPES, true);
  assert.equal((await execute(page, "/notes", "post")).status, 201, "both suffice for writing");
  assert.match((await execute(page, "/notes")).text, /Buy milk/);
  await picture(page, "written");
  assert.ok(redeemed.length === 2 && redeemed.every((form) => form.get("code_verifier")), "each code with its verifier");
  assert.equal(context.pages().length, 1, "the windows have closed themselves");
  assert.deepEqual(faults, []);
  await context.close();
}

await run([codeFlowAtTheProvider]);
