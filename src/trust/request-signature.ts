import { createSignature, isSignatureError, type Signer, type Verifier, verifySignature } from 'http-message-sig'
import { err, ok, type Result } from '../domain/result'

/** A request as far as its signature covers it. */
export interface SignedRequest {
  readonly method: string
  /** Path and query as they go over the network. */
  readonly target: string
  /** As it goes over the network: gzipped, where it is. */
  readonly body: Uint8Array<ArrayBuffer>
}

export interface SignatureFields {
  readonly 'content-digest': string
  readonly 'signature-input': string
  readonly signature: string
}

/** Whose signature it is, once it has been found right. */
export interface Proof<Owner> {
  readonly owner: Owner
  readonly nonce: string
  /** ms */
  readonly created: number
}

export type SignatureProblem =
  /** Unsigned, or signed in a form that is not ours. */
  | 'unsigned'
  /** Of a key that nobody here has. */
  | 'unknown-key'
  /** The body is not the one that was signed. */
  | 'altered'
  /** Made with another key, or what it covers was changed. */
  | 'wrong'

const LABEL = 'gatepost'
const ALGORITHM = 'ecdsa-p256-sha256'
const COMPONENTS = ['@method', '@path', '@query', 'content-digest']
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Signs a request (RFC 9421) over method, path, query and content-digest (RFC 9530). `created` in ms of the corrected clock. */
export async function signRequest(
  request: SignedRequest,
  { key, keyId, created, nonce }: { readonly key: CryptoKey; readonly keyId: string; readonly created: number; readonly nonce: string },
): Promise<SignatureFields> {
  const digest = await contentDigest(request.body)
  const { signature, signatureInput } = await createSignature(described(request, { 'content-digest': digest }), {
    label: LABEL,
    components: COMPONENTS,
    parameters: { created: Math.floor(created / 1000), nonce, keyid: keyId, alg: ALGORITHM },
    signer: signerOf(key),
  })
  return { 'content-digest': digest, 'signature-input': signatureInput, signature }
}

/** Whose request this is. `ownerOf` names the owner of a key id and their public key. Its age is the caller's to judge. */
export async function verifyRequest<Owner>(
  request: SignedRequest,
  fields: Readonly<Partial<SignatureFields>>,
  ownerOf: (keyId: string) => Promise<{ readonly owner: Owner; readonly key: CryptoKey } | undefined>,
): Promise<Result<Proof<Owner>, SignatureProblem>> {
  const { 'content-digest': digest, 'signature-input': input, signature } = fields
  if (!digest || !input || !signature || !request.target.startsWith('/')) return err('unsigned')
  if (digest !== (await contentDigest(request.body))) return err('altered')
  let owner: Owner | undefined
  try {
    const message = described(request, { 'content-digest': digest, 'signature-input': input, signature })
    const verified = await verifySignature(message, {
      label: LABEL,
      policy: {
        algorithms: [ALGORITHM],
        requiredComponents: COMPONENTS,
        requiredParameters: ['created', 'nonce', 'keyid'],
        // Its age is judged apart, once it is known to be somebody's: a phone that is early is told the time.
        clockSkew: Number.MAX_SAFE_INTEGER,
      },
      async resolveVerifier(candidate) {
        const found = await ownerOf(candidate.parameters.keyid ?? '')
        if (!found) throw new UnknownKey()
        owner = found.owner
        return verifierOf(found.key)
      },
    })
    const { created, nonce } = verified.parameters
    if (owner === undefined || created === undefined || nonce === undefined) return err('unsigned')
    // One signature, one text: base64 leaves bits open that say nothing.
    if (signature !== `${LABEL}=:${base64(verified.signature)}:`) return err('unsigned')
    return ok({ owner, nonce, created: created * 1000 })
  } catch (cause) {
    return err(problemOf(cause))
  }
}

class UnknownKey extends Error {}

function problemOf(cause: unknown): SignatureProblem {
  if (!isSignatureError(cause)) throw cause
  if (cause.code === 'VerificationFailed') return 'wrong'
  if (cause.code !== 'ResolverFailed') return 'unsigned'
  if (cause.cause instanceof UnknownKey) return 'unknown-key'
  throw cause.cause
}

export async function contentDigest(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return `sha-256=:${base64(hash)}:`
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

/** The origin is not covered: a proxy may know the server by another name, and a key is made for one server only. */
function described({ method, target }: SignedRequest, fields: Readonly<Record<string, string>>) {
  return {
    kind: 'request' as const,
    method,
    targetUri: `https://gatepost${target}`,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
  }
}

function signerOf(key: CryptoKey): Signer {
  return {
    algorithm: ALGORITHM,
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(ECDSA, key, copied(data))),
  }
}

/** Verifies ES256 signatures for the library. */
export function verifierOf(key: CryptoKey): Verifier {
  return { algorithm: ALGORITHM, verify: (data, signature) => crypto.subtle.verify(ECDSA, key, copied(signature), copied(data)) }
}

const copied = (bytes: Uint8Array) => new Uint8Array(bytes)
