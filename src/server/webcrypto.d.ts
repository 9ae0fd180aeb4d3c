import type { webcrypto } from 'node:crypto'

/** The names that the rooms which run in both worlds use; Node has the things, and not the names. */
declare global {
  type CryptoKey = webcrypto.CryptoKey
  type CryptoKeyPair = webcrypto.CryptoKeyPair
  type KeyUsage = webcrypto.KeyUsage
  type EcKeyGenParams = webcrypto.EcKeyGenParams
}
