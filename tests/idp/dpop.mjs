// Real clients show tokens that are bound to their keys: node dpop.mjs ISSUER SERVICE AUDIENCE [nonces]
//
// oauth4webapi and dpop make proofs, and all of them are accepted. Then proofs that are spoilt in many ways are shown to the service
// and to oauth4webapi's own validation: whatever one of them refuses and the other accepts is named in DIFFERENCES with its reason.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import * as dpop from 'dpop';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';

const [issuer, service, audience, nonces] = process.argv.slice(2);
const options = { [oauth.allowInsecureRequests]: true };
const as = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), options));
const client = { client_id: 'svc' };
const authentication = oauth.ClientSecretBasic('svc-secret');
const items = new URL(`${service}/items`);

/** Repeats what fails for want of a nonce, once. */
async function withNonce(request) {
  try {
    return await request();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return request();
  }
}

async function tokenFor(handle, scope = 'me items', resource = audience) {
  const parameters = new URLSearchParams({ scope, resource });
  return withNonce(async () => {
    const response = await oauth.clientCredentialsGrantRequest(
      as, client, authentication, parameters, { ...options, DPoP: handle });
    return oauth.processClientCredentialsResponse(as, client, response);
  });
}

const call = (token, handle, url = items, method = 'GET') =>
  withNonce(() => oauth.protectedResourceRequest(token, method, url, undefined, undefined, { ...options, DPoP: handle }));

/** The status and the challenges of a refusal. */
async function refusal(request) {
  const error = await request.then(() => assert.fail('was not refused'), (error) => error);
  assert(error instanceof oauth.WWWAuthenticateChallengeError, error);
  return [error.status, error.cause.map(({ scheme, parameters }) => [scheme, parameters.error])];
}

console.log('-- oauth4webapi');
for (const algorithm of ['ES256', 'Ed25519', 'PS256', 'RS256']) {
  const handle = oauth.DPoP(client, await oauth.generateKeyPair(algorithm));
  const token = await tokenFor(handle);
  assert.equal(token.token_type, 'dpop');
  for (let i = 0; i < 5; i++) {
    const response = await call(token.access_token, handle);
    assert.deepEqual([response.status, await response.text()], [200, 'svc'], algorithm);
  }
  assert.equal((await call(token.access_token, handle, new URL(`${items}?page=2`))).status, 200);
}

console.log('-- dpop');
const pair = await dpop.generateKeyPair('ES256', { extractable: true });
const handle = oauth.DPoP(client, pair);
const { access_token: bound } = await tokenFor(handle);
let nonce;
async function shown(token, proof, { scheme = 'DPoP', method = 'GET', url = items } = {}) {
  const headers = { authorization: `${scheme} ${token}` };
  if (proof) headers.dpop = proof;
  const response = await fetch(url, { method, headers });
  nonce = response.headers.get('dpop-nonce') ?? nonce;
  return response;
}
const proofOf = () => dpop.generateProof(pair, items.href, 'GET', nonce, bound);
if (nonces) {
  const first = await shown(bound, await proofOf());
  assert.equal(first.status, 401);
  assert.match(first.headers.get('www-authenticate'), /^DPoP .*error="use_dpop_nonce"/);
}
const once = await proofOf();
assert.equal((await shown(bound, once)).status, 200);

console.log('-- refusals');
const replayed = await shown(bound, once);
assert.equal(replayed.status, 401);
assert.match(replayed.headers.get('www-authenticate'), /^DPoP .*error="invalid_dpop_proof"/);
assert.deepEqual(await refusal(call(bound, undefined)), [401, [['bearer', 'invalid_token'], ['dpop', undefined]]]);
const unbound = await tokenFor(undefined);
assert.equal((await call(unbound.access_token, undefined)).status, 200);
assert.deepEqual(await refusal(call(unbound.access_token, handle)), [401, [['dpop', 'invalid_token']]]);
const other = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
assert.deepEqual(await refusal(call(bound, other)), [401, [['dpop', 'invalid_token']]]);
const weak = await tokenFor(handle, 'me');
assert.deepEqual(await refusal(call(weak.access_token, handle)), [403, [['dpop', 'insufficient_scope']]]);
const nobody = await fetch(items);
assert.match(nobody.headers.get('www-authenticate'), /^Bearer( [^,]*)?, DPoP algs="[^"]*ES256[^"]*"$/);

if (nonces) process.exit(0);

console.log('-- the same verdicts as oauth4webapi');
const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = await exportJWK(publicKey);
const stranger = await generateKeyPair('ES256', { extractable: true });
const { access_token: token } = await tokenFor(oauth.DPoP(client, { privateKey, publicKey }));
const { cnf } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
assert.equal(cnf.jkt, await calculateJwkThumbprint(jwk));
const ath = createHash('sha256').update(token).digest('base64url');
const now = () => Math.floor(Date.now() / 1000);

/** A proof with these changes; `undefined` removes a member. */
async function proof({ header = {}, claims = {}, key = privateKey, spoil = (text) => text }) {
  const payload = { jti: randomUUID(), htm: 'GET', htu: items.href, iat: now(), ath, ...claims };
  const signed = new SignJWT(JSON.parse(JSON.stringify(payload)));
  signed.setProtectedHeader(JSON.parse(JSON.stringify({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })));
  return spoil(await signed.sign(key, { crit: { x: true } }));
}
const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const strangerJwk = await exportJWK(stranger.publicKey);
const at = `${service}/items`;
const CASES = {
  'a good one': {},
  'an uppercase scheme of the header': { scheme: 'DPOP' },
  'a lowercase scheme of the header': { scheme: 'dpop' },
  'the scheme Bearer': { scheme: 'Bearer' },
  'no proof': { proofs: [] },
  'two proofs': { proofs: [{}, {}] },
  'an empty proof': { spoil: () => '' },
  'no JWT': { spoil: () => 'proof' },
  'two segments': { spoil: (text) => text.split('.').slice(0, 2).join('.') },
  'four segments': { spoil: (text) => `${text}.e30` },
  'no signature': { spoil: (text) => text.replace(/[^.]*$/, '') },
  'another signature': { spoil: (text) => text.replace(/.{8}$/, 'AAAAAAAA') },
  'a stranger\'s signature': { key: stranger.privateKey },
  'a stranger\'s key': { key: stranger.privateKey, header: { jwk: strangerJwk } },
  'alg none': { spoil: (text) => `${base64url({ alg: 'none', typ: 'dpop+jwt', jwk })}.${text.split('.')[1]}.` },
  'alg HS256': { spoil: (text) => `${base64url({ alg: 'HS256', typ: 'dpop+jwt', jwk })}.${text.split('.').slice(1).join('.')}` },
  'alg ES384': { spoil: (text) => `${base64url({ alg: 'ES384', typ: 'dpop+jwt', jwk })}.${text.split('.').slice(1).join('.')}` },
  'typ JWT': { header: { typ: 'JWT' } },
  'typ at+jwt': { header: { typ: 'at+jwt' } },
  'no typ': { header: { typ: undefined } },
  'typ with application/': { header: { typ: 'application/dpop+jwt' } },
  'typ in capitals': { header: { typ: 'DPOP+JWT' } },
  'no jwk': { header: { jwk: undefined } },
  'jwk is a string': { header: { jwk: 'x' } },
  'jwk is a list': { header: { jwk: [jwk] } },
  'jwk without kty': { header: { jwk: { ...jwk, kty: undefined } } },
  'jwk of another curve': { header: { jwk: { ...jwk, crv: 'P-384' } } },
  'jwk is private': { header: { jwk: await exportJWK(privateKey) } },
  'jwk with a short x': { header: { jwk: { ...jwk, x: jwk.x.slice(4) } } },
  'jwk off the curve': { header: { jwk: { ...jwk, y: strangerJwk.y } } },
  'jwk with another use': { header: { jwk: { ...jwk, use: 'enc' } } },
  'jwk with a kid': { header: { jwk: { ...jwk, kid: 'x' } } },
  'no jti': { claims: { jti: undefined } },
  'jti is a number': { claims: { jti: 1 } },
  'jti is empty': { claims: { jti: '' } },
  'jti is long': { claims: { jti: 'x'.repeat(2000) } },
  'no htm': { claims: { htm: undefined } },
  'htm in lowercase': { claims: { htm: 'get' } },
  'htm POST': { claims: { htm: 'POST' } },
  'htm is a list': { claims: { htm: ['GET'] } },
  'no htu': { claims: { htu: undefined } },
  'htu is a list': { claims: { htu: [at] } },
  'htu with a query': { claims: { htu: `${at}?a=b` } },
  'htu with a fragment': { claims: { htu: `${at}#a` } },
  'the request with a query': { url: `${at}?a=b` },
  'htu with a slash behind': { claims: { htu: `${at}/` } },
  'htu of another path': { claims: { htu: `${service}/me` } },
  'htu of another host': { claims: { htu: 'https://other.example/items' } },
  'htu with https': { claims: { htu: at.replace('http:', 'https:') } },
  'htu with another port': { claims: { htu: at.replace(/:\d+\//, ':1/') } },
  'htu with an uppercase scheme': { claims: { htu: at.replace('http:', 'HTTP:') } },
  'htu with an uppercase path': { claims: { htu: at.replace('items', 'ITEMS') } },
  'htu with dots': { claims: { htu: `${service}/x/../items` } },
  'htu with a dot': { claims: { htu: `${service}/./items` } },
  'htu with an escaped slash': { claims: { htu: `${service}%2Fitems` } },
  'htu with a user': { claims: { htu: at.replace('http://', 'http://user@') } },
  'htu without a host': { claims: { htu: '/items' } },
  'htu with a space before': { claims: { htu: ` ${at}` } },
  'htu is empty': { claims: { htu: '' } },
  'no iat': { claims: { iat: undefined } },
  'iat is a string': { claims: { iat: String(now()) } },
  'iat 30 s ago': { claims: { iat: now() - 30 } },
  'iat an hour ago': { claims: { iat: now() - 3600 } },
  'iat in 30 s': { claims: { iat: now() + 30 } },
  'iat in an hour': { claims: { iat: now() + 3600 } },
  'exp in the past': { claims: { exp: now() - 3600 } },
  'nbf in the future': { claims: { nbf: now() + 3600 } },
  'no ath': { claims: { ath: undefined } },
  'ath of another token': { claims: { ath: createHash('sha256').update(bound).digest('base64url') } },
  'ath is the token': { claims: { ath: token } },
  'ath in hex': { claims: { ath: createHash('sha256').update(token).digest('hex') } },
  'another method': { method: 'HEAD' },
  'another claim': { claims: { x: 1 } },
  'crit': { header: { crit: ['x'], x: 1 } },
};
/** Where the verdicts may differ: only in this direction, and for this reason. */
const DIFFERENCES = {
  'htu with a space before': ['refused', 'a URI has no spaces (RFC 3986)'],
  'jti is empty': ['refused', 'an empty name is not unique'],
  'jti is long': ['refused', 'what the store keeps is bounded'],
  'jwk with another use': ['refused', 'the key says that it does not sign (RFC 7517 §4.2)'],
};

const different = [];
for (const [name, { proofs, scheme = 'DPoP', method = 'GET', url = at, ...change }] of Object.entries(CASES)) {
  const made = await Promise.all((proofs ?? [change]).map((change) => proof(change)));
  const headers = new Headers({ authorization: `${scheme} ${token}` });
  for (const one of made) headers.append('dpop', one);
  const response = await fetch(url, { method, headers });
  const served = response.status !== 401 && response.status !== 403;
  assert(response.status < 500, `${name}: ${response.status}`);
  const request = new Request(url, { method, headers });
  const theirs = await oauth.validateJwtAccessToken(as, request, audience, options).then(() => true, () => false);
  const [ours, verdict] = [served, served ? 'accepted' : 'refused'];
  if (ours !== theirs) {
    assert.equal(DIFFERENCES[name]?.[0], verdict, `${name}: ${verdict}, ${response.headers.get('www-authenticate')}`);
    console.log(`   ${name}: ${verdict}, because ${DIFFERENCES[name][1]}`);
    different.push(name);
  }
}
assert.deepEqual(different.sort(), Object.keys(DIFFERENCES).sort());
console.log(`   ${Object.keys(CASES).length} proofs, ${different.length} verdicts differ on purpose`);
