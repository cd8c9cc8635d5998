// Starts Swagger UI with the options of the page. URLs are relative to this script, whatever the page is nested in.
(() => {
  const script = document.currentScript;
  const options = JSON.parse(script.dataset.options);
  const absolute = (url, base = script.src) => new URL(url, base).href;
  const documentUrl = absolute(options.document);

  // Each document has its own entry, because services at one origin may have schemes of one name.
  const place = `authorized ${documentUrl}`;
  // Some browsers forbid `localStorage`. Then nothing is kept.
  const storage = (() => {
    try {
      return localStorage;
    } catch {
      return null;
    }
  })();

  // Only access tokens are kept. Passwords, client secrets, API keys and refresh tokens are valid for longer.
  const tokens = (authorized) => {
    const kept = Object.entries(authorized ?? {}).filter(([, authorization]) => authorization?.token);
    return Object.fromEntries(
      kept.map(([scheme, { name, schema, scopes, clientId, username, token: { refresh_token, ...token } }]) => [
        scheme,
        { name, schema, scopes, clientId, username, token },
      ]),
    );
  };

  const restored = () => {
    try {
      return tokens(JSON.parse(storage.getItem(place)));
    } catch {
      return {};
    }
  };

  // A script can send a cookie only by setting it. So an API key for a cookie is set while the page is open.
  const cookies = new Map();
  const setCookie = (value, name, age = "") => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Path=/; SameSite=Strict${secure}${age}`;
  };
  const dropCookies = () => cookies.forEach((_, name) => setCookie("", name, "; Max-Age=0"));
  const setCookies = () => cookies.forEach((value, name) => setCookie(value, name));
  addEventListener("pagehide", dropCookies);
  addEventListener("pageshow", setCookies);

  // Swagger UI calls this after each login and logout.
  const persist = (_, { authSelectors }) => () => {
    const authorized = authSelectors.authorized().toJS();
    dropCookies();
    cookies.clear();
    for (const { schema, value } of Object.values(authorized)) {
      if (schema?.type === "apiKey" && schema.in === "cookie") cookies.set(schema.name, value);
    }
    setCookies();
    if (options.keep) storage?.setItem(place, JSON.stringify(tokens(authorized)));
  };

  // The URLs of a flow are relative to the server's URL (OpenAPI 3.1 §4.6), which Swagger UI does not make absolute.
  const absoluteServer = (original) => (_, ...server) => {
    const url = original(...server);
    try {
      return absolute(url ?? "/", documentUrl);
    } catch {
      return url;
    }
  };

  const plugin = () => ({
    statePlugins: {
      auth: { wrapActions: { persistAuthorizationIfNeeded: persist } },
      oas3: { wrapSelectors: { serverEffectiveValue: absoluteServer } },
    },
  });

  // An earlier version of the page kept passwords and keys here.
  storage?.removeItem("authorized");
  if (!options.keep) storage?.removeItem(place);

  const ui = SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: documentUrl,
    oauth2RedirectUrl: absolute("oauth2-redirect.html"),
    deepLinking: true,
    plugins: [plugin],
    // Otherwise Swagger UI sends the document's URL to validator.swagger.io.
    validatorUrl: null,
  });
  ui.authActions.restoreAuthorization({ authorized: restored() });
  ui.initOAuth({
    clientId: options.clientId,
    scopes: options.scopes,
    usePkceWithAuthorizationCodeGrant: true,
  });
})();
