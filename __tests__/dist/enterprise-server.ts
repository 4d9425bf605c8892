import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';

import { afterEach } from '@jest/globals';

/** The files of other repositories that a server has: `OWNER/NAME@COMMIT/PATH` → content. */
export interface ServerContents {
  /** What `GET /meta` says; `null` for an answer without a version. */
  readonly installedVersion?: string | null;
  /** What the header of each answer says. */
  readonly headerVersion?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A loopback server. It is stopped behind the test. */
export interface Loopback {
  readonly port: number;
  /** What was asked of it: `GET /path token`, or for a proxy the hosts that it was to connect to. */
  readonly asked: string[];
}

/** Of nobody but these tests: a key, and the certificate that it signed for ghes.example and the addresses of loopback. */
const KEY =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghoxaTYz6oWHuzQAcH/G5hjgr95D+B9CgRDXN+KiD70yhRANCAATWivEyl1XtHDUbsTAo' +
  'bhS2FKQZ2/Wx+RBgpfFbv9kAKcpVmS4zwBcgcrR2w8FLM3KzJMunsrqmQRdts2pUTGTz';
const CERTIFICATE =
  'MIIBcTCCARagAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAl0ZXN0IG9ubHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQx' +
  'EjAQBgNVBAMMCXRlc3Qgb25seTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNaK8TKXVe0cNRuxMChuFLYUpBnb9bH5EGCl8Vu/2QApylWZLjPAFyBy' +
  'tHbDwUszcrMky6eyuqZBF22zalRMZPOjVzBVMCMGA1UdEQQcMBqCDGdoZXMuZXhhbXBsZYcEfwAAAYcEAAAAADAPBgNVHRMBAf8EBTADAQH/MB0GA1Ud' +
  'DgQWBBRLoWsczjwAKFODKOnzpIPMWvzPNDAKBggqhkjOPQQDAgNJADBGAiEA5se7dnWWqObEnzsxz8a1TMybojr4NOVBQDg2e9hrAT4CIQDVekPORmjm' +
  '50AOee494n+MB9gfxrhLyoMtvSAVbzmVmQ==';

/** The certificate in the form that `NODE_EXTRA_CA_CERTS` takes. */
export const CERTIFICATE_FILE = new X509Certificate(Buffer.from(CERTIFICATE, 'base64')).toString();

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen(server: Server, asked: string[]): Promise<Loopback> {
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, asked };
}

function answerer({ installedVersion, headerVersion, files = {} }: ServerContents, asked: string[]) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '(no token)'}`);
    const send = (status: number, type: string, body: string): void => {
      const header = headerVersion === undefined ? {} : { 'x-github-enterprise-version': headerVersion };
      // Nothing is kept open, so that the server can be stopped.
      response.writeHead(status, { 'content-type': type, connection: 'close', ...header });
      response.end(body);
    };
    const url = new URL(request.url ?? '', 'http://server');
    if (url.pathname === '/api/v3/meta') {
      const version = typeof installedVersion === 'string' ? { installed_version: installedVersion } : {};
      return send(200, 'application/json', JSON.stringify({ verifiable_password_authentication: true, ...version }));
    }
    const [, repository, path] = /^\/api\/v3\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/.exec(url.pathname) ?? [];
    const file = files[`${repository}@${url.searchParams.get('ref')}/${path}`];
    if (file !== undefined) return send(200, 'application/vnd.github.raw+json', file);
    return send(404, 'application/json', '{"message":"Not Found"}');
  };
}

/** Starts a GitHub Enterprise Server, as far as we ask one, without TLS. */
export async function enterpriseServer(contents: ServerContents): Promise<Loopback> {
  const asked: string[] = [];
  return listen(createServer(answerer(contents, asked)), asked);
}

/** The same with TLS, and a certificate that nobody knows. */
export async function secureEnterpriseServer(contents: ServerContents): Promise<Loopback> {
  const asked: string[] = [];
  const key = createPrivateKey({ key: Buffer.from(KEY, 'base64'), format: 'der', type: 'pkcs8' });
  const pem = key.export({ format: 'pem', type: 'pkcs8' });
  return listen(createTlsServer({ key: pem, cert: CERTIFICATE_FILE }, answerer(contents, asked)), asked);
}

/** Starts a proxy that connects everybody to one port of this machine, whatever host they ask for. */
export async function proxyTo(port: number): Promise<Loopback> {
  const asked: string[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, client) => {
    asked.push(request.url ?? '');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client);
      client.pipe(upstream);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  return listen(server, asked);
}
