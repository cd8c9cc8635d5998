// The docs page in a browser: `node docs.mjs http://127.0.0.1:8000`, where the tutorial runs. CHROMIUM is the browser,
// SCREENSHOTS a folder for pictures. Ends with 0 if all is well, else says what is not.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { chromium } from "playwright-core";

const base = process.argv[2];
if (!base) {
  console.error("usage: node docs.mjs <URL of the tutorial>");
  process.exit(2);
}
const origin = new URL(base).origin;
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SCOPES = { me: "Read information about the current user.", items: "Read items." };
const CODE = "a-code";
const CLIENT = "docs-page";

// A context whose pages note whatever must not happen.
async function open(browser) {
  const context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  const faults = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isLocal = ["data:", "blob:"].includes(url.protocol) || url.origin === origin;
    if (!isLocal) faults.push(`request to ${url.href}`);
  });
  context.on("console", (message) => {
    const isRefusal = message.text().includes("401") && message.location().url.endsWith("/users/me/items/");
    // Swagger UI says so of every link to an operation whose name has an underscore.
    const isLink = message.text().startsWith("Deprecated: escaping deep link whitespace with `_`");
    if (message.type() === "error" && !isRefusal && !isLink) faults.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`page: ${error.error().message}`));
  await context.exposeFunction("noteViolation", (text) => faults.push(`policy: ${text}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      noteViolation(`${event.violatedDirective} forbids ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  return { context, page, faults };
}

async function show(page) {
  const answer = await page.goto(new URL("/docs", base).href);
  assert.equal(answer.status(), 200, "the page");
  const policy = answer.headers()["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  await page.locator(".opblock").first().waitFor();
}

async function openDialog(page) {
  await page.locator(".scheme-container .btn.authorize").click();
  return page.locator(".auth-container");
}

async function choose(dialog, scopes) {
  for (const scope of Object.keys(SCOPES)) {
    // The box itself is hidden behind its label.
    const box = dialog.locator(`input[data-value="${scope}"]`);
    if ((await box.isChecked()) !== scopes.includes(scope)) {
      await dialog.locator("label").filter({ has: dialog.page().locator(`p.name:text-is("${scope}")`) }).click();
    }
    assert.equal(await box.isChecked(), scopes.includes(scope), `the box of ${scope}`);
  }
}

async function logIn(page, scopes) {
  const dialog = await openDialog(page);
  const logout = dialog.getByRole("button", { name: "Remove authorization" });
  if (await logout.count()) await logout.click();
  for (const [scope, description] of Object.entries(SCOPES)) {
    const offered = dialog.locator(".scopes .checkbox").filter({ has: page.locator(`p.name:text-is("${scope}")`) });
    assert.equal(await offered.locator(".description").innerText(), description, `what ${scope} means`);
  }
  await dialog.locator("#oauth_username").fill("johndoe");
  await dialog.locator("#oauth_password").fill("secret");
  await choose(dialog, scopes);
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
  await dialog.locator(".btn-done").click();
}

// Executes the operation; what the page then shows.
async function execute(page, path) {
  const exactly = page.locator(`.opblock-summary-path[data-path="${path}"]`);
  const operation = page.locator(".opblock").filter({ has: exactly });
  if (!(await operation.locator(".opblock-body").count())) await operation.locator(".opblock-summary-control").click();
  await operation.locator(".try-out__btn").waitFor();
  const tryOut = operation.locator(".try-out__btn:not(.cancel)");
  if (await tryOut.count()) await tryOut.click();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === path),
    operation.locator(".btn.execute").click(),
  ]);
  const status = answer.status();
  const shown = operation.locator(".live-responses-table .response");
  await shown.filter({ has: page.locator(`.response-col_status:has-text("${status}")`) }).waitFor();
  return { status, authorization: answer.request().headers().authorization, text: await shown.innerText() };
}

async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

// Scopes are offered, ticked, granted, and missing ones refused.
async function passwordFlow(browser) {
  const { context, page, faults } = await open(browser);
  await show(page);
  await logIn(page, ["me"]);
  assert.equal((await execute(page, "/users/me/")).status, 200, "`me` suffices for the user");
  const refused = await execute(page, "/users/me/items/");
  assert.equal(refused.status, 401, "`me` does not suffice for the items");
  assert.match(refused.text, /www-authenticate: Bearer scope="items me"/, "the challenge is shown");
  await picture(page, "refused");
  await logIn(page, ["me", "items"]);
  assert.equal((await execute(page, "/users/me/items/")).status, 200, "both suffice for the items");
  const kept = JSON.parse(await page.evaluate(() => localStorage.getItem("authorized")));
  assert.ok(kept.OAuth2PasswordBearer.token.access_token, "the token is kept");
  assert.doesNotMatch(JSON.stringify(kept), /"secret"/, "the password is not kept");
  await page.reload();
  // The link to the operation, which Swagger UI has put into the address.
  await page.locator(".opblock.is-open .try-out__btn").waitFor();
  assert.equal((await execute(page, "/users/me/items/")).status, 200, "still logged in after a reload");
  await picture(page, "granted");
  assert.deepEqual(faults, []);
  await context.close();
}

// The popup hands the code over under its own policy, and the code is redeemed with PKCE (RFC 7636 §4). The endpoints are
// played here, and the document's flow is replaced on its way to the page.
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

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
try {
  for (const check of [passwordFlow, codeFlow]) {
    await check(browser);
    console.log(`${check.name}: ok`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
