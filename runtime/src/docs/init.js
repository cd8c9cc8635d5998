// Starts Swagger UI with the options of the page. URLs are relative to this script, whatever the page is nested in.
(() => {
  const script = document.currentScript;
  const options = JSON.parse(script.dataset.options);
  const absolute = (url, base = script.src) => new URL(url, base).href;
  const documentUrl = absolute(options.document);

  // Each document has a place of its own, since services at one origin have schemes of the same names.
  const place = `authorized ${documentUrl}`;
  // Some browsers forbid it. Then nothing is kept.
  const storage = (() => {
    try {
      return localStorage;
    } catch {
      return null;
    }
  })();

  // Only what calls go on with. A password, a client secret, an API key and a refresh token are good for longer than a token.
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

  // A script cannot send a cookie but by having it. So a key that belongs in one is there for as long as the page is.
  const cookies = new Map();
  const setCookie = (value, name, age = "") => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Path=/; SameSite=Strict${secure}${age}`;
  };
  const dropCookies = () => cookies.forEach((_, name) => setCookie("", name, "; Max-Age=0"));
  const setCookies = () => cookies.forEach((value, name) => setCookie(value, name));
  addEventListener("pagehide", dropCookies);
  addEventListener("pageshow", setCookies);

  // Swagger UI calls it after each login and logout.
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

  // What the URLs of a flow are relative to (OpenAPI 3.1 §4.6). Swagger UI takes a server's URL as it is written.
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

  // Where an earlier version of the page kept passwords and keys.
  storage?.removeItem("authorized");
  if (!options.keep) storage?.removeItem(place);

  const ui = SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: documentUrl,
    oauth2RedirectUrl: absolute("oauth2-redirect.html"),
    deepLinking: true,
    plugins: [plugin],
    // Otherwise the document's URL would be sent to validator.swagger.io.
    validatorUrl: null,
  });
  ui.authActions.restoreAuthorization({ authorized: restored() });
  ui.initOAuth({
    clientId: options.clientId,
    scopes: options.scopes,
    usePkceWithAuthorizationCodeGrant: true,
  });
})();
