// An MCP client (@modelcontextprotocol/client): node client.mjs URL ISSUER CALLBACK [dpop]
//
// It knows the URL of the server, and nothing else. It has to log in for reading alone, and to step up once for writing.
import assert from 'node:assert/strict';
import { Client, DpopSession, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

const [url, issuer, callback, mode] = process.argv.slice(2);
const resource = `${url}/mcp`;
const logins = [];

/** Who logs in: what the client library keeps, and the login that it asks for. */
async function user(name) {
  const kept = {};
  const dpop = mode === 'dpop' ? await DpopSession.create() : undefined;
  let login;
  const provider = {
    redirectUrl: callback,
    clientMetadata: { redirect_uris: [callback], token_endpoint_auth_method: 'none', grant_types: ['authorization_code'], response_types: ['code'] },
    clientInformation: () => ({ client_id: 'docs-page' }),
    state: () => crypto.randomUUID(),
    tokens: () => kept.tokens, saveTokens: (tokens) => { kept.tokens = tokens; },
    saveCodeVerifier: (verifier) => { kept.verifier = verifier; }, codeVerifier: () => kept.verifier,
    saveDiscoveryState: (state) => { kept.discovery = state; }, discoveryState: () => kept.discovery,
    redirectToAuthorization: (to) => { login = to; },
    ...(dpop && { dpop: () => dpop }),
  };
  const authorize = async (transport) => {
    logins.push({ name, scope: login.searchParams.get('scope').split(' ').sort().join(' '), resource: login.searchParams.get('resource') });
    assert.equal(login.searchParams.get('code_challenge_method'), 'S256');
    assert.equal(login.origin, issuer);
    await transport.finishAuth(await browse(login, name));
  };
  return { kept, provider, authorize };
}

/** Logs in and consents as a browser would, and returns what the callback gets. */
async function browse(to, name) {
  const cookies = new Map();
  let form;
  for (let step = 0; step < 15; step++) {
    const headers = { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') };
    const response = await fetch(to, { redirect: 'manual', headers, ...(form && { method: 'POST', body: form }) });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key, value] = /^([^=]*)=([^;]*)/.exec(cookie);
      cookies.set(key, value);
    }
    const location = response.headers.get('location');
    if (location) {
      [to, form] = [new URL(location, to), undefined];
      if (to.href.startsWith(callback)) return to.searchParams;
      continue;
    }
    const page = await response.text();
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? assert.fail(`no form: ${response.status} ${page}`);
    form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: name, password: 'any' }) });
    to = new URL(/action="([^"]+)"/.exec(page)[1], to);
  }
  assert.fail('the login does not end');
}

const sent = [];
/** Requests as they are sent, for what the library does not show. */
async function tap(to, init) {
  const response = await fetch(to, init);
  const headers = new Headers(init?.headers);
  sent.push({ url: String(to), method: init?.method ?? 'GET', status: response.status, authorization: headers.get('authorization'),
    session: response.headers.get('mcp-session-id') ?? headers.get('mcp-session-id'), challenge: response.headers.get('www-authenticate') });
  return response;
}

/** A connected client. It has to log in first. */
async function connect(who) {
  const transport = () => new StreamableHTTPClientTransport(new URL(resource), { authProvider: who.provider, fetch: tap });
  const client = () => new Client({ name: 'test', version: '1.0.0' });
  const refused = transport();
  await assert.rejects(client().connect(refused), UnauthorizedError);
  await who.authorize(refused);
  const connected = client(), accepted = transport();
  await connected.connect(accepted);
  return { client: connected, transport: accepted };
}

const text = (result) => result.content[0].text;
const write = { name: 'write_note', arguments: { text: 'Buy milk' } };

const amy = await user('amy');
const { client, transport } = await connect(amy);
const names = (await client.listTools()).tools.map((tool) => tool.name).sort();
assert.deepEqual(names, ['read_notes', 'write_note']);
assert.equal(text(await client.callTool({ name: 'read_notes', arguments: {} })), '');
assert.equal(amy.kept.tokens.scope, 'notes:read');

await assert.rejects(client.callTool(write), UnauthorizedError);
const refusal = sent.findLast((request) => request.status === 403);
assert.match(refusal.challenge, /error="insufficient_scope"/);
assert.match(refusal.challenge, /scope="notes:write notes:read"/);
assert.match(refusal.challenge, /resource_metadata="/);
await amy.authorize(transport);
assert.equal(text(await client.callTool(write)), 'written');
assert.equal(text(await client.callTool(write)), 'written');
assert.equal(text(await client.callTool({ name: 'read_notes', arguments: {} })), 'Buy milk\nBuy milk');
await assert.rejects(client.callTool({ name: 'delete_notes', arguments: {} }));

// Reading alone at first, and writing on top of that once.
assert.deepEqual(logins, [
  { name: 'amy', scope: 'notes:read', resource },
  { name: 'amy', scope: 'notes:read notes:write', resource },
]);

// Another user has notes of his own, and no part in amy's session.
const bob = await user('bob');
const other = await connect(bob);
assert.equal(text(await other.client.callTool({ name: 'read_notes', arguments: {} })), '');
const message = (method, params) => JSON.stringify({ jsonrpc: '2.0', id: 7, method, params });
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const session = sent.find((request) => request.session)?.session;
if (mode === 'dpop') {
  // A bound token is worth nothing to whoever has no key.
  assert.equal(amy.kept.tokens.token_type, 'DPoP');
  for (const scheme of ['Bearer', 'DPoP']) {
    const stolen = await fetch(resource, { method: 'POST', headers: { ...json, authorization: `${scheme} ${amy.kept.tokens.access_token}` }, body: message('tools/list', {}) });
    assert.equal(stolen.status, 401);
    assert.match(stolen.headers.get('www-authenticate'), scheme === 'Bearer' ? /invalid_token/ : /invalid_dpop_proof|use_dpop_nonce/);
  }
} else {
  const call = (token, headers, body) => fetch(resource, { method: 'POST', headers: { ...json, authorization: `Bearer ${token}`, ...headers }, body });
  const legacy = await call(amy.kept.tokens.access_token, {}, message('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }));
  const id = session ?? legacy.headers.get('mcp-session-id');
  assert.ok(id, 'a session');
  const stolen = await call(bob.kept.tokens.access_token, { 'mcp-session-id': id }, message('tools/list', {}));
  assert.equal(stolen.status, 404);
  // A body that two parsers read differently.
  const twice = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_notes","name":"write_note","arguments":{"text":"x"}}}';
  assert.equal((await call(bob.kept.tokens.access_token, {}, twice)).status, 400);
}
assert.ok(sent.every((request) => request.status < 500), JSON.stringify(sent));
console.log(`${mode ?? 'bearer'}: ok, ${sent.length} requests`);
process.exit(0);
