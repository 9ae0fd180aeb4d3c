interface ScriptUrlPolicy {
  createScriptURL(path: string): string
}

/** Not yet in the compiler's own library. */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy
}

let policy: ScriptUrlPolicy | undefined

/** A path of our own origin as a script's address: where the page asks for trusted types, a plain string would be refused. */
export function scriptUrl(path: string): string {
  if (new URL(path, location.origin).origin !== location.origin) throw new Error('scriptUrl: not a path of this origin')
  if (!('trustedTypes' in globalThis)) return path
  const factory = (globalThis as unknown as { readonly trustedTypes: TrustedTypesFactory }).trustedTypes
  policy ??= factory.createPolicy('gatepost', { createScriptURL: (own) => own })
  return policy.createScriptURL(path)
}
