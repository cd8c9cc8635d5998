// The docs page of the tutorial works in a browser: `node docs.mjs http://127.0.0.1:8000`, where the tutorial runs.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as docs from "./page.mjs";
import { execute, openDialog, picture } from "./page.mjs";

const base = process.argv[2];
if (!base) {
  console.error("usage: node docs.mjs <URL of the tutorial>");
  process.exit(2);
}
const expected = { origins: [new URL(base).origin], refused: ["401 /users/me/items/"] };
const open = (browser) => docs.open(browser, expected);
const show = (page) => docs.show(page, base);
const choose = (dialog, scopes) => docs.choose(dialog, Object.keys(SCOPES), scopes);
const SCOPES = { me: "Read information about the current user.", items: "Read items." };
const CODE = "a-code";
const CLIENT = "docs-page";

const logIn = (page, scopes) => docs.logIn(page, Object.keys(SCOPES), scopes);

async function readScopes(page) {
  const dialog = await openDialog(page);
  for (const [scope, description] of Object.entries(SCOPES)) {
    const offered = dialog.locator(".scopes .checkbox").filter({ has: page.locator(`p.name:text-is("${scope}")`) });
    assert.equal(await offered.locator(".description").innerText(), description, `what ${scope} means`);
  }
  await dialog.locator(".btn-done").click();
}

// The page offers scopes, the ticked ones are granted, and requests without a required scope are refused.
async function passwordFlow(browser) {
  const { context, page, faults } = await open(browser);
  await show(page);
  await readScopes(page);
  await logIn(page, ["me"]);
  assert.equal((await execute(page, "/users/me/")).status, 200, "`me` suffices for the user");
  const refused = await execute(page, "/users/me/items/");
  assert.equal(refused.status, 401, "`me` does not suffice for the items");
  assert.match(refused.text, /www-authenticate: Bearer scope="items me"/, "the challenge is shown");
  await picture(page, "refused");
  await logIn(page, ["me", "items"]);
  assert.equal((await execute(page, "/users/me/items/")).status, 200, "both suffice for the items");
  const kept = await docs.stored(page);
  assert.match(kept, /access_token/, "the token is kept");
  assert.doesNotMatch(kept, /"secret\W/, "the password is not kept");
  await page.reload();
  // The link to the operation, which Swagger UI has written into the address.
  await page.locator(".opblock.is-open .try-out__btn").waitFor();
  assert.equal((await execute(page, "/users/me/items/")).status, 200, "still logged in after a reload");
  await picture(page, "granted");
  assert.deepEqual(faults, []);
  await context.close();
}

// The popup passes the code on under its own policy, and the page redeems the code with PKCE (RFC 7636 §4). This test plays the
// endpoints, and replaces the flow in the document on its way to the page.
async function codeFlow(browser) {
  const { context, page, faults } = await open(browser);
  let asked;
  let redeemed;
  await context.route("**/openapi.json", async (route) => {
    const document = await (await route.fetch()).json();
    const flow = { authorizationUrl: "/authorize", tokenUrl: "/redeem", scopes: SCOPES };
    document.components.securitySchemes.OAuth2PasswordBearer.flows = { authorizationCode: flow };
    await route.fulfill({ json: document });
  });
  await context.route("**/authorize?*", async (route) => {
    asked = new URL(route.request().url()).searchParams;
    const back = new URL(asked.get("redirect_uri"));
    back.search = new URLSearchParams({ code: CODE, state: asked.get("state") });
    await route.fulfill({ contentType: "text/html", body: `<script>location.replace(${JSON.stringify(back.href)})</script>` });
  });
  await context.route("**/redeem", async (route) => {
    redeemed = new URLSearchParams(route.request().postData());
    await route.fulfill({ json: { access_token: "a-token", token_type: "bearer", scope: "me" } });
  });
  await show(page);
  const dialog = await openDialog(page);
  await dialog.locator("[id^=client_id]").fill(CLIENT);
  await choose(dialog, ["me"]);
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
  await picture(page, "code");

  assert.equal(asked.get("redirect_uri"), new URL("/docs/oauth2-redirect.html", base).href);
  assert.equal(asked.get("client_id"), CLIENT);
  assert.equal(asked.get("scope"), "me");
  assert.equal(asked.get("code_challenge_method"), "S256");
  assert.equal(redeemed.get("code"), CODE);
  const challenge = createHash("sha256").update(redeemed.get("code_verifier")).digest("base64url");
  assert.equal(asked.get("code_challenge"), challenge, "the verifier is that of the challenge");
  await dialog.locator(".btn-done").click();
  await context.route("**/users/me/", (route) => route.fulfill({ json: {} }));
  assert.equal((await execute(page, "/users/me/")).authorization, "Bearer a-token");
  assert.equal(context.pages().length, 1, "the popup has closed itself");
  assert.deepEqual(faults, []);
  await context.close();
}

await docs.run([passwordFlow, codeFlow]);
