// The page of examples/production logs in, gets a new token when the old one has expired, and logs out, and no page of another origin
// does any of that: `node session.mjs http://127.0.0.1:8000`, where the example runs with ACCESS_TOKEN_SECONDS=2.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { open, picture, run, stored } from "./page.mjs";

const base = process.argv[2];
if (!base) {
  console.error("usage: node session.mjs <URL of the example>");
  process.exit(2);
}
// Longer than an access token is good for.
const EXPIRED = 3500;
const refusedHere = ["401 /users/me/", "401 /users/me/items/", "400 /session"];

// The requests of a page, as "METHOD /path STATUS".
function noted(context) {
  const seen = [];
  context.on("response", (response) => {
    const { pathname } = new URL(response.url());
    seen.push(`${response.request().method()} ${pathname} ${response.status()}`);
  });
  return seen;
}

async function logIn(page, password = "secret") {
  await page.locator("input[name=username]").fill("johndoe");
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

const isOut = (page) => page.locator("#login").waitFor();
const isIn = (page) => page.locator("#user").waitFor();
const cookie = async (context) => (await context.cookies(`${base}/session`)).find(({ name }) => name === "refresh");

async function theSessionGoesOnUntilTheLogout(browser) {
  const { context, page, faults } = await open(browser, { origins: [base], refused: refusedHere });
  const seen = noted(context);
  const answer = await page.goto(`${base}/app`);
  assert.match(answer.headers()["content-security-policy"], /default-src 'none'; script-src 'self';/);
  await isOut(page);
  await logIn(page, "wrong");
  await page.getByText("Incorrect").waitFor();
  assert.equal(await cookie(context), undefined, "no cookie without a login");

  await logIn(page);
  await isIn(page);
  assert.equal(await page.locator("#name").innerText(), "John Doe");
  assert.equal(await page.locator("#items").innerText(), "Foo");
  await picture(page, "session");
  const first = await cookie(context);
  assert.deepEqual([first.httpOnly, first.sameSite, first.path], [true, "Strict", "/session"]);
  assert.equal(await stored(page), JSON.stringify([{}, {}, ""]), "scripts can read nothing of it");

  // By itself: the page asks for a new token when the old one is refused.
  await page.waitForTimeout(EXPIRED);
  const before = seen.length;
  await page.getByRole("button", { name: "Read again" }).click();
  await page.waitForResponse((response) => response.url().endsWith("/users/me/items/") && response.status() === 200);
  const again = seen.slice(before);
  assert.ok(again.includes("GET /users/me/ 401") && again.includes("POST /session/refresh 200"), again.join(", "));
  const second = await cookie(context);
  assert.notEqual(second.value, first.value, "a new refresh token");

  await page.reload();
  await isIn(page);
  const other = await context.newPage();
  await Promise.all([other.goto(`${base}/app`), page.reload()]);
  await Promise.all([isIn(other), isIn(page)]);
  await other.close();

  await page.getByRole("button", { name: "Log out" }).click();
  await isOut(page);
  assert.equal(await cookie(context), undefined, "the cookie is gone");
  await page.reload();
  await isOut(page);
  // Whoever has copied the cookie has nothing.
  await context.addCookies([{ ...second, value: second.value }]);
  await page.reload();
  await isOut(page);
  assert.deepEqual(faults, []);
  await context.close();
}

// A page at another port of this machine is of the same site, so its requests have the cookie with them, `SameSite` or not.
async function anotherOriginDoesNothing(browser) {
  const foreign = createServer((_, response) => response.setHeader("content-type", "text/html").end("<h1>Elsewhere</h1>"));
  // Nobody waits for it when a check has failed.
  foreign.unref();
  await new Promise((resolve) => foreign.listen(0, "127.0.0.1", resolve));
  const elsewhere = `http://127.0.0.1:${foreign.address().port}`;
  const { context, page } = await open(browser, { origins: [base, elsewhere], refused: [] });
  await page.goto(`${base}/app`);
  await isOut(page);
  await logIn(page);
  await isIn(page);
  const before = await cookie(context);

  const attacker = await context.newPage();
  await attacker.goto(elsewhere);
  const statuses = [];
  attacker.on("response", (response) => statuses.push(response.status()));
  for (const [method, path] of [["POST", "/session/refresh"], ["POST", "/session"], ["DELETE", "/session"]]) {
    await attacker.evaluate(
      ([url, method]) => fetch(url, { method, mode: method === "POST" ? "no-cors" : "cors", credentials: "include" }).catch(() => {}),
      [`${base}${path}`, method],
    );
  }
  // A form needs no script.
  await attacker.setContent(`<form method="post" action="${base}/session/refresh"><button>Win</button></form>`);
  const [answer] = await Promise.all([
    attacker.waitForResponse((response) => response.url() === `${base}/session/refresh`),
    attacker.getByRole("button", { name: "Win" }).click(),
  ]);
  assert.equal(answer.status(), 403, "a form of another origin");
  assert.ok(statuses.filter((status) => status === 403).length >= 3, `requests of another origin: ${statuses}`);
  assert.ok(!statuses.includes(200) && !statuses.includes(204), `requests of another origin: ${statuses}`);

  assert.equal((await cookie(context)).value, before.value, "the session is as it was");
  const next = await context.newPage();
  await next.goto(`${base}/app`);
  await isIn(next);
  await context.close();
}

await run([theSessionGoesOnUntilTheLogout, anotherOriginDoesNothing]);
