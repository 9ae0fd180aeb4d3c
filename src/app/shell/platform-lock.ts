/** The phone's own lock (fingerprint, face, its PIN) as a source of a secret: WebAuthn with the PRF extension. */
export interface PlatformCredential {
  readonly credentialId: Uint8Array<ArrayBuffer>
  readonly salt: Uint8Array<ArrayBuffer>
}

interface PrfResults {
  readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: BufferSource } }
}

/** Whether this phone has a lock of its own that pages may use; whether it gives secrets out shows only when asked. */
export async function hasPlatformLock(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
}

/** Makes a credential of the phone's lock and its secret; undefined where the person declined or the phone has no PRF. */
export async function newPlatformCredential(
  name: string,
): Promise<(PlatformCredential & { readonly secret: Uint8Array<ArrayBuffer> }) | undefined> {
  const salt = random(32)
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: 'Gatepost' },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'preferred', userVerification: 'required' },
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    if (!(made instanceof PublicKeyCredential)) return undefined
    const credentialId = new Uint8Array(made.rawId)
    const secret = secretOf(made) ?? (await platformSecret({ credentialId, salt }))
    return secret && { credentialId, salt, secret }
  } catch {
    // NotAllowedError: declined, timed out, or no lock is set up: all the same to the caller.
    return undefined
  }
}

/** The secret that the phone's lock gives out for this salt; undefined where it was not opened. */
export async function platformSecret({ credentialId, salt }: PlatformCredential): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const got = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credentialId, transports: ['internal'] }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    return got instanceof PublicKeyCredential ? secretOf(got) : undefined
  } catch {
    return undefined
  }
}

function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | undefined {
  const { prf }: PrfResults = credential.getClientExtensionResults()
  const first = prf?.results?.first
  if (!first) return undefined
  return new Uint8Array(
    first instanceof ArrayBuffer ? first.slice(0) : new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice().buffer,
  )
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
