import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const YEAR = 31_536_000 // s; a file under /assets has its content's hash in its name

/** The phone's app as it was built, with its index.html for each of its own addresses. */
export async function serveApp(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const kept = path.includes(join(folder, 'assets'))
      reply.setHeader('cache-control', kept ? `public, max-age=${YEAR}, immutable` : 'no-cache')
    },
  })
  app.get('/visit', (_request, reply) => reply.sendFile('visit.html'))
  app.get('/*', (request, reply) => {
    const isPage = (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/api/')
    return isPage ? reply.sendFile('index.html') : reply.callNotFound()
  })
}
