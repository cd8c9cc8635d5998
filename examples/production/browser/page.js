// Logs in, reads what the user owns, and gets a new access token when the old one has expired. The token is in a variable alone: what
// the browser stores is a cookie that this script cannot read.

let accessToken = null;
// Several calls whose token has expired wait for one new token.
let refreshing = null;

const element = (id) => document.getElementById(id);
const say = (text) => (element("message").textContent = text);

function show(loggedIn) {
  element("login").hidden = loggedIn;
  element("user").hidden = !loggedIn;
}

// The access token of an answer, and whether there is one.
async function keep(answer) {
  accessToken = answer.status === 200 ? (await answer.json()).access_token : null;
  return accessToken !== null;
}

// Exchanges the cookie for an access token. Without a session there is none.
function refresh() {
  refreshing ??= fetch("/session/refresh", { method: "POST" })
    .then((answer) => {
      if (answer.status >= 500) throw new Error("the service is not there now");
      return keep(answer);
    })
    .finally(() => (refreshing = null));
  return refreshing;
}

// Calls the API. An expired token is replaced once; a token that is refused again is no longer good.
async function call(path, again = true) {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${accessToken}` } });
  if (answer.status === 401 && again && (await refresh())) return call(path, false);
  if (!answer.ok) throw Object.assign(new Error(`${path} answers ${answer.status}`), { status: answer.status });
  return answer.json();
}

async function read() {
  try {
    const [user, items] = [await call("/users/me/"), await call("/users/me/items/")];
    element("name").textContent = user.full_name;
    element("items").textContent = items.map((item) => item.item_id).join(", ");
    show(true);
    say("");
  } catch (error) {
    if (error.status === 401) show(false);
    say(error.status === 401 ? "You are logged out." : `That did not work: ${error.message}`);
  }
}

async function logIn(event) {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch("/session", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  form.elements.password.value = "";
  if (await keep(answer)) return read();
  const { error_description: why } = await answer.json().catch(() => ({}));
  say(why ?? "That did not work.");
}

async function logOut() {
  const answer = await fetch("/session", { method: "DELETE" });
  if (!answer.ok) return say("That did not work. You are still logged in.");
  accessToken = null;
  show(false);
  say("You are logged out.");
}

element("login").addEventListener("submit", logIn);
element("logout").addEventListener("click", logOut);
element("again").addEventListener("click", read);

// A page that is opened again finds its session by the cookie.
try {
  if (await refresh()) await read();
  else show(false);
} catch (error) {
  show(false);
  say(`That did not work: ${error.message}`);
}
