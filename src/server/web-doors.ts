import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { API } from '../wire/protocol'

const YEAR = 31_536_000 // s

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'permissions-policy':
    'camera=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(self), geolocation=(), microphone=(), payment=(), usb=(), serial=(), display-capture=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
}

/** Shuts what a page of ours never needs. `appFolder`: where the built app lies, whose inlined style is known by its hash. */
export function shutDoors(app: FastifyInstance, appFolder: string | undefined): void {
  const pages = ['index.html', 'visit.html'].map((name) => join(appFolder ?? '', name))
  const policy = pagePolicy(
    appFolder
      ? pages
          .filter((path) => existsSync(path))
          .map((path) => readFileSync(path, 'utf8'))
          .join('')
      : '',
  )
  app.addHook('onRequest', async (request, reply) => {
    const isApi = request.url.startsWith(API)
    reply.headers({
      ...ALWAYS,
      'content-security-policy': isApi ? "default-src 'none'; frame-ancestors 'none'" : policy,
      ...(isApi ? { 'cache-control': 'no-store' } : {}),
      // Over plain http a browser passes it over, and a proxy that speaks TLS tells us so.
      ...(request.protocol === 'https' ? { 'strict-transport-security': `max-age=${YEAR}; includeSubDomains` } : {}),
    })
  })
}

/** What a page may load: our own files, and the styles that it brought along. No script but by address, made by the one policy. */
export function pagePolicy(html: string): string {
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, css = '']) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types gatepost',
  ].join('; ')
}
