// Starts Swagger UI with the options of the page. URLs are relative to this script, whatever the page is nested in.
(() => {
  const script = document.currentScript;
  const absolute = (url) => new URL(url, script.src).href;
  const options = JSON.parse(script.dataset.options);
  const ui = SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: absolute(options.document),
    oauth2RedirectUrl: absolute("oauth2-redirect.html"),
    deepLinking: true,
    persistAuthorization: true,
    // Otherwise the document would be sent to validator.swagger.io.
    validatorUrl: null,
  });
  ui.initOAuth({
    clientId: options.clientId,
    scopes: options.scopes,
    usePkceWithAuthorizationCodeGrant: true,
  });
})();
