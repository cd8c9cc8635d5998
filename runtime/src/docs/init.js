// Starts Swagger UI with the options of the page. URLs are relative to this script, whatever the page is nested in.
(() => {
  const script = document.currentScript;
  const absolute = (url) => new URL(url, script.src).href;
  const options = JSON.parse(script.dataset.options);

  // The token outlives a reload. Swagger UI would keep what it was exchanged for, too.
  const persist = (_, { authSelectors }) => () => {
    const authorized = authSelectors.authorized().toJS();
    for (const authorization of Object.values(authorized)) {
      delete authorization.password;
      delete authorization.clientSecret;
    }
    localStorage.setItem("authorized", JSON.stringify(authorized));
  };
  const withoutPasswords = () => ({ statePlugins: { auth: { wrapActions: { persistAuthorizationIfNeeded: persist } } } });

  const ui = SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: absolute(options.document),
    oauth2RedirectUrl: absolute("oauth2-redirect.html"),
    deepLinking: true,
    persistAuthorization: true,
    plugins: [withoutPasswords],
    // Otherwise the document's URL would be sent to validator.swagger.io.
    validatorUrl: null,
  });
  ui.initOAuth({
    clientId: options.clientId,
    scopes: options.scopes,
    usePkceWithAuthorizationCodeGrant: true,
  });
})();
