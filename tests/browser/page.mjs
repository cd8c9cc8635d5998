// Helpers for the tests in this folder: they open a docs page in a browser, tick scopes, execute operations, and note everything
// that must not happen. CHROMIUM is the browser, and SCREENSHOTS a folder for pictures.

import assert from "node:assert/strict";
import { join } from "node:path";
import { chromium } from "playwright-core";

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

// The longest time of a check. Each step of it has a shorter one, unless the browser itself hangs.
const PATIENCE = 90_000;

class Hung extends Error {}

// Runs a check with a browser of its own.
async function runOnce(check) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  let timer;
  const hung = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Hung(`${check.name}: the browser hangs`)), PATIENCE);
  });
  const checked = check(browser);
  // It may fail after nobody waits for it any more.
  checked.catch(() => {});
  try {
    await Promise.race([checked, hung]);
  } finally {
    clearTimeout(timer);
    await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
  }
}

// Runs each check, and once more if the browser hangs, which says nothing of the page. Exits with 0 if all succeed, and prints the
// first failure otherwise.
export async function run(checks) {
  try {
    for (const check of checks) {
      await runOnce(check).catch((error) => {
        if (!(error instanceof Hung)) throw error;
        console.error(`${error.message}; once more`);
        return runOnce(check);
      });
      console.log(`${check.name}: ok`);
    }
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  // A browser that hangs does not keep the program.
  process.exit(0);
}

// A context whose pages note everything that must not happen: requests to other origins than `origins`, and errors, except for the
// statuses that `refused` expects, as "401 /path".
export async function open(browser, { origins, refused }) {
  const context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  const faults = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isLocal = ["data:", "blob:"].includes(url.protocol) || origins.includes(url.origin);
    if (!isLocal) faults.push(`request to ${url.href}`);
  });
  context.on("console", (message) => {
    const isRefusal = refused.some((expected) => {
      const [status, path] = expected.split(" ");
      return message.text().includes(status) && message.location().url.endsWith(path);
    });
    // Swagger UI logs this for every link to an operation whose name has an underscore.
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

// `docs` is the page's path.
export async function show(page, base, docs = "/docs") {
  const answer = await page.goto(new URL(docs, base).href);
  assert.equal(answer.status(), 200, "the page");
  const policy = answer.headers()["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  await page.locator(".opblock").first().waitFor();
}

export async function openDialog(page) {
  await page.locator(".scheme-container .btn.authorize").click();
  return page.locator(".auth-container");
}

// Ticks the wanted ones of the `offered` scopes.
export async function choose(dialog, offered, scopes) {
  for (const scope of offered) {
    // The label hides the box.
    const box = dialog.locator(`input[data-value="${scope}"]`);
    if ((await box.isChecked()) !== scopes.includes(scope)) {
      await dialog.locator("label").filter({ has: dialog.page().locator(`p.name:text-is("${scope}")`) }).click();
    }
    assert.equal(await box.isChecked(), scopes.includes(scope), `the box of ${scope}`);
  }
}

// Logs in as a user of the tutorial with exactly these of the `offered` scopes.
export async function logIn(page, offered, scopes) {
  const dialog = (await openDialog(page)).filter({ hasText: "OAuth2PasswordBearer" });
  const logout = dialog.getByRole("button", { name: "Remove authorization" });
  if (await logout.count()) await logout.click();
  await dialog.locator("#oauth_username").fill("johndoe");
  await dialog.locator("#oauth_password").fill("secret");
  await choose(dialog, offered, scopes);
  await dialog.getByRole("button", { name: "Apply given OAuth2 credentials" }).click();
  await logout.waitFor();
  await page.locator(".btn-done").first().click();
}

// Everything that the browser keeps for the origin of the page and that its scripts can read.
export async function stored(page) {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
}

// Executes the operation, and returns what the page shows. The service is nested in the path `below`.
export async function execute(page, path, method = "get", below = "") {
  const exactly = page.locator(`.opblock-summary-path[data-path="${path}"]`);
  const operation = page.locator(`.opblock-${method}`).filter({ has: exactly });
  if (!(await operation.locator(".opblock-body").count())) await operation.locator(".opblock-summary-control").click();
  await operation.locator(".try-out__btn").waitFor();
  const tryOut = operation.locator(".try-out__btn:not(.cancel)");
  if (await tryOut.count()) await tryOut.click();
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) => new URL(response.url()).pathname === below + path && response.request().method() === method.toUpperCase(),
    ),
    operation.locator(".btn.execute").click(),
  ]);
  const status = answer.status();
  const shown = operation.locator(".live-responses-table .response");
  await shown.filter({ has: page.locator(`.response-col_status:has-text("${status}")`) }).waitFor();
  return { status, authorization: answer.request().headers().authorization, text: await shown.innerText() };
}

export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
