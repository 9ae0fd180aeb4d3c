import { readFileSync } from 'node:fs'
import { PlainError } from './plain-error'
import { usualDataFolder } from './postgres/embedded'

/** How a server is set, by its environment. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl?: string
  readonly trustProxy?: boolean | string
  readonly https?: { readonly cert: Buffer; readonly key: Buffer }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads PORT, HOST, DATA_DIR, DATABASE_URL, TRUST_PROXY, TLS_CERT and TLS_KEY. Throws a PlainError that names the wrong one. */
export function readConfig(environment: Environment): Config {
  const databaseUrl = readDatabaseUrl(environment.DATABASE_URL)
  const trustProxy = readTrustProxy(environment.TRUST_PROXY)
  const https = readHttps(environment.TLS_CERT, environment.TLS_KEY)
  return {
    host: environment.HOST || '0.0.0.0',
    port: readPort('PORT', environment.PORT ?? '8080'),
    dataFolder: environment.DATA_DIR || usualDataFolder(),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(https ? { https } : {}),
  }
}

export function readPort(name: string, text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new PlainError(`${name} must be a number from 0 to 65535, not "${text}".`)
  return port
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol))
    throw new PlainError('DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  return text
}

function readTrustProxy(text: string | undefined): boolean | string | undefined {
  if (!text) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  if (!/^[0-9a-fA-F:./, ]+$/.test(text))
    throw new PlainError(`TRUST_PROXY must be true, false, or the proxy's addresses like 127.0.0.1, not "${text}".`)
  return text
}

function readHttps(cert: string | undefined, key: string | undefined): Config['https'] {
  if (!cert && !key) return undefined
  if (!cert || !key) throw new PlainError(`TLS_CERT and TLS_KEY go together: ${cert ? 'TLS_KEY' : 'TLS_CERT'} is missing.`)
  return { cert: readFile('TLS_CERT', cert), key: readFile('TLS_KEY', key) }
}

function readFile(name: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    throw new PlainError(`${name}: the file ${path} cannot be read.`)
  }
}
