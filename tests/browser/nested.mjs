// The docs pages of a nested service call it and log in at its own paths, and the browser keeps no more than it should:
// `node nested.mjs http://127.0.0.1:8000`, where examples/nested runs.

import assert from "node:assert/strict";
import * as docs from "./page.mjs";
import { openDialog, picture, stored } from "./page.mjs";

const base = process.argv[2];
if (!base) {
  console.error("usage: node nested.mjs <URL of the example>");
  process.exit(2);
}
const DOCS = "/shop/docs";
const KIOSK = "/shop/kiosk/docs";
const PASSWORD = "correct-horse";
const KEY = "7f3a";
// Text that must not be kept: the passwords, the key, and the encoding of a password in a header.
const SECRETS = new RegExp(`${PASSWORD}|${KEY}|${btoa(`staff:${PASSWORD}`)}|"secret\\W`);
const PATHS = ["/accounts", "/feed", "/basket", "/users/me/"];
const OAUTH2 = "OAuth2PasswordBearer";

const open = (browser) =>
  docs.open(browser, { origins: [new URL(base).origin], refused: PATHS.map((path) => `401 /shop${path}`) });
const execute = (page, path) => docs.execute(page, path, "get", "/shop");
const logIn = (page) => docs.logIn(page, ["me", "items"], ["me"]);

const statuses = async (page, paths) => {
  const answers = [];
  for (const path of paths) answers.push((await execute(page, path)).status);
  return answers;
};

// The schemes for which the page has credentials. Without a password, the test makes no call that needs one, because the browser
// would ask for it.
async function authorized(page) {
  const dialogs = await openDialog(page);
  await dialogs.first().waitFor();
  const known = dialogs.filter({ has: page.getByRole("button", { name: "Remove authorization" }) });
  const titles = await known.locator("h4").allInnerTexts();
  await page.locator(".btn-done").first().click();
  return titles.map((title) => title.split(/\s*\(/)[0]);
}

// Enters values into the fields of one scheme. The dialog has a form for each scheme.
async function enter(page, scheme, values) {
  const dialog = (await openDialog(page)).filter({ hasText: scheme });
  for (const [field, value] of Object.entries(values)) await dialog.locator(field).fill(value);
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Remove authorization" }).waitFor();
  await page.locator(".btn-done").first().click();
}

async function enterAll(page) {
  await enter(page, "HTTPBasic", { "#auth-basic-username": "staff", "#auth-basic-password": PASSWORD });
  await enter(page, "PartnerKey", { "#api_key_value": KEY });
  await enter(page, "Basket", { "#api_key_value": KEY });
  await logIn(page);
}

async function reload(page) {
  await page.reload();
  await page.locator(".opblock").first().waitFor();
}

// The token outlives a reload. Passwords and keys do not, and are stored nowhere.
async function onlyTokensAreKept(browser) {
  const { context, page, faults } = await open(browser);
  await docs.show(page, base, DOCS);
  await enterAll(page);
  assert.deepEqual(await statuses(page, PATHS), [200, 200, 200, 200], "all of them suffice below /shop");
  await picture(page, "nested");
  const meanwhile = JSON.parse(await stored(page));
  assert.doesNotMatch(JSON.stringify(meanwhile.slice(0, 2)), SECRETS);
  assert.match(JSON.stringify(meanwhile), /access_token/);
  assert.equal(meanwhile[2], `basket=${KEY}`, "sent as a cookie, while the page is there");

  await reload(page);
  const afterwards = await stored(page);
  assert.doesNotMatch(afterwards, SECRETS);
  assert.match(afterwards, /access_token/);
  assert.deepEqual(await authorized(page), [OAUTH2], "only the token is known");
  assert.deepEqual(await statuses(page, ["/feed", "/basket", "/users/me/"]), [401, 401, 200]);

  const dialog = (await openDialog(page)).filter({ hasText: OAUTH2 });
  await dialog.getByRole("button", { name: "Remove authorization" }).click();
  assert.doesNotMatch(await stored(page), /access_token/, "a logout forgets it");
  assert.deepEqual(faults, []);
  await context.close();
}

// The other page of the service keeps nothing, although its document has the same schemes.
async function aKioskKeepsNothing(browser) {
  const { context, page, faults } = await open(browser);
  await docs.show(page, base, KIOSK);
  await enterAll(page);
  assert.deepEqual(await statuses(page, PATHS), [200, 200, 200, 200]);
  assert.deepEqual(JSON.parse(await stored(page)).slice(0, 2), [{}, {}]);
  await reload(page);
  assert.deepEqual(JSON.parse(await stored(page)), [{}, {}, ""]);
  assert.deepEqual(await authorized(page), []);
  assert.deepEqual(faults, []);
  await context.close();
}

// Earlier versions of the page kept everything under `authorized`, as Swagger UI does.
async function whatWasKeptEarlierIsForgotten(browser) {
  const { context, page, faults } = await open(browser);
  await docs.show(page, base, DOCS);
  const place = `authorized ${new URL("/shop/openapi.json", base).href}`;
  await page.evaluate(
    ([place, password, key]) => {
      const old = {
        HTTPBasic: { name: "HTTPBasic", schema: { type: "http", scheme: "basic" }, value: { username: "staff", password } },
        PartnerKey: { name: "PartnerKey", schema: { type: "apiKey", in: "header", name: "x-partner-key" }, value: key },
      };
      localStorage.setItem("authorized", JSON.stringify(old));
      localStorage.setItem(place, JSON.stringify({ ...old, Basket: null, Other: 1 }));
    },
    [place, PASSWORD, KEY],
  );
  await reload(page);
  assert.deepEqual(await authorized(page), [], "nothing is restored");
  assert.equal(await page.evaluate(() => localStorage.getItem("authorized")), null);
  await logIn(page);
  assert.doesNotMatch(await stored(page), SECRETS);
  for (const broken of ["{", "null", "1", "[]"]) {
    await page.evaluate(([place, broken]) => localStorage.setItem(place, broken), [place, broken]);
    await reload(page);
  }
  assert.deepEqual(faults, []);
  await context.close();
}

// Another service at this origin has a scheme of the same name, and its page must not send this one's token.
async function aTokenIsOfOneDocument(browser) {
  const { context, page, faults } = await open(browser);
  await docs.show(page, base, DOCS);
  await logIn(page);
  await docs.show(page, base, KIOSK);
  assert.equal((await execute(page, "/users/me/")).authorization, undefined);
  await docs.show(page, base, DOCS);
  assert.equal((await execute(page, "/users/me/")).status, 200, "and is kept for that one");
  assert.deepEqual(faults, []);
  await context.close();
}

await docs.run([onlyTokensAreKept, aKioskKeepsNothing, whatWasKeptEarlierIsForgotten, aTokenIsOfOneDocument]);
