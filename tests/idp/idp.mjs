// An OpenID provider (panva/oidc-provider) on loopback: node idp.mjs [port]
//
// Client credentials of `svc`, with the scopes `me`, `items`, `notes:read` and `notes:write`. `docs-page` is a public client, whose
// users log in by authorization code with PKCE, with any name and password. REDIRECT_URI is its redirect URI, and its origin may
// call from a browser. `resource` chooses the access token:
//   urn:example:api                                 RS256, for the audience urn:example:api, 600 seconds
//   urn:example:api:es256|es384|eddsa|ps256|rs512   the same with another algorithm; hs256 with a shared secret
//   urn:example:api:short                           2 seconds
//   urn:example:other                               for another audience
//   urn:example:opaque                              not a JWT: `rs` and `rs-signed` may introspect it, and get JSON or a signed answer
//   http://127.0.0.1:…                              RS256, for that audience, with the scopes of notes
// A request for a token with a proof gets a token that is bound to its key (DPoP). With DPOP_NONCE=1, proofs need the provider's
// nonces. The tokens of `bank` are bound to the certificate whose PEM, percent-encoded, is in the header `x-client-cert`.
// With TLS_KEY and TLS_CERT, the files of a key and a certificate for localhost, it speaks HTTPS.
//
// For tests: POST /__admin/rotate?keep=1|0, GET /__admin/stats, and POST /__admin/fail?mode=500|hang|garbage|huge|ok, which
// spoils the answers of discovery and of the key set.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { Provider, errors } from 'oidc-provider';
import { randomBytes } from 'node:crypto';
import { generateKeyPair, exportJWK } from 'jose';

const PORT = Number(process.argv[2] ?? 9400);
const { TLS_KEY, TLS_CERT, DPOP_NONCE, REDIRECT_URI = 'http://127.0.0.1:8000/docs/oauth2-redirect.html' } = process.env;
const ISSUER = TLS_KEY ? `https://localhost:${PORT}` : `http://127.0.0.1:${PORT}`;
const AUDIENCE = 'urn:example:api';
const ALGORITHMS = { es256: 'ES256', es384: 'ES384', eddsa: 'EdDSA', ps256: 'PS256', rs512: 'RS512', hs256: 'HS256' };
const NOTES = 'notes:read notes:write';
const SECRET = Buffer.from('0123456789abcdef0123456789abcdef');
const stats = { jwks: 0, discovery: 0, token: 0, introspection: 0 };
const NONCE_SECRET = randomBytes(32);
let generation = 0, keys = [], fault = 'ok', handler;

async function freshKeys(generation) {
  const make = async (alg, options) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true, ...options });
    return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg.toLowerCase()}-${generation}` };
  };
  const rsa = ['RS256', 'PS256', 'RS512'].map((alg) => make(alg, { modulusLength: 2048 }));
  return Promise.all([...rsa, make('ES256'), make('ES384'), make('EdDSA', { crv: 'Ed25519' })]);
}

function tokenOf(_ctx, resource) {
  const token = { scope: 'me items', audience: AUDIENCE, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
  if (resource === 'urn:example:opaque') return { ...token, accessTokenFormat: 'opaque', jwt: undefined };
  if (resource === 'urn:example:other') return { ...token, audience: resource };
  const kind = resource.startsWith(`${AUDIENCE}:`) ? resource.slice(AUDIENCE.length + 1) : '';
  if (kind === 'short') return { ...token, accessTokenTTL: 2 };
  if (kind in ALGORITHMS) return { ...token, jwt: { sign: { alg: ALGORITHMS[kind], ...(kind === 'hs256' && { key: SECRET }) } } };
  if (resource === AUDIENCE) return token;
  if (resource.startsWith('http://127.0.0.1:')) return { ...token, audience: resource, scope: NOTES };
  throw new errors.InvalidTarget();
}

function provider() {
  return new Provider(ISSUER, {
    jwks: { keys },
    cookies: { keys: ['a key for tests'] },
    scopes: ['openid', 'me', 'items', ...NOTES.split(' ')],
    clients: [
      { client_id: 'svc', client_secret: 'svc-secret', grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: `me items ${NOTES}` },
      { client_id: 'bank', client_secret: 'bank-secret', grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: 'me items', tls_client_certificate_bound_access_tokens: true },
      { client_id: 'rs', client_secret: 'rs-secret', grant_types: [], redirect_uris: [], response_types: [] },
      { client_id: 'rs-signed', client_secret: 'rs-secret', grant_types: [], redirect_uris: [], response_types: [], introspection_signed_response_alg: 'ES256' },
      { client_id: 'docs-page', token_endpoint_auth_method: 'none', redirect_uris: [REDIRECT_URI], scope: NOTES },
    ],
    clientBasedCORS: (_ctx, origin, client) => client.redirectUris?.some((uri) => new URL(uri).origin === origin) ?? false,
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true, nonceSecret: NONCE_SECRET, requireNonce: () => DPOP_NONCE === '1' },
      introspection: { enabled: true, allowedPolicy: (_ctx, client) => client.clientId.startsWith('rs') },
      jwtIntrospection: { enabled: true },
      revocation: { enabled: true },
      mTLS: { enabled: true, certificateBoundAccessTokens: true, getCertificate: (ctx) => decodeURIComponent(ctx.get('x-client-cert')) || undefined },
      resourceIndicators: { enabled: true, defaultResource: () => AUDIENCE, useGrantedResource: () => true, getResourceServerInfo: tokenOf },
    },
    enabledJWA: { dPoPSigningAlgValues: ['ES256', 'Ed25519', 'EdDSA', 'PS256', 'RS256'] },
    ttl: { ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 600 },
  }).callback();
}

async function rotate(keep) {
  const fresh = await freshKeys(++generation);
  keys = keep ? [...fresh, ...keys] : fresh;
  handler = provider();
}

/** Spoils the answer if a fault is set, and returns whether it did. */
function spoil(res) {
  res.setHeader('content-type', 'application/json');
  if (fault === '500') { res.statusCode = 500; res.end('{}'); }
  if (fault === 'garbage') res.end('{"keys":[{"kty":"RSA","n":1}');
  if (fault === 'huge') {
    res.write('{"keys":[');
    const more = setInterval(() => res.write(' '.repeat(1 << 20)), 5);
    res.on('close', () => clearInterval(more));
  }
  // With `hang`, there is no answer.
  return fault !== 'ok';
}

await rotate(false);
async function serve(req, res) {
  const { pathname, searchParams } = new URL(req.url, ISSUER);
  if (pathname === '/__admin/rotate') { await rotate(searchParams.get('keep') === '1'); return res.end('rotated'); }
  if (pathname === '/__admin/stats') return res.end(JSON.stringify(stats));
  if (pathname === '/__admin/fail') { fault = searchParams.get('mode') ?? 'ok'; return res.end(fault); }
  if (pathname === '/token') stats.token++;
  if (pathname === '/token/introspection') {
    stats.introspection++;
    if (spoil(res)) return;
  }
  const document = pathname === '/jwks' ? 'jwks' : pathname.startsWith('/.well-known/') && 'discovery';
  if (document) {
    stats[document]++;
    if (spoil(res)) return;
  }
  handler(req, res);
}

const server = TLS_KEY
  ? https.createServer({ key: fs.readFileSync(TLS_KEY), cert: fs.readFileSync(TLS_CERT) }, serve)
  : http.createServer(serve);
server.listen(PORT, '127.0.0.1', () => console.log(`${ISSUER} is ready`));
