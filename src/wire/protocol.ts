/** The protocol this build speaks; the server also accepts the two before it. */
export const PROTOCOL = 1

export const API = '/api/v1'
export const PATHS = {
  activate: `${API}/activations`,
  push: `${API}/sync/push`,
  pull: `${API}/sync/pull`,
  held: `${API}/sync/held`,
  reconcile: `${API}/sync/reconcile`,
  heldOfDay: `${API}/sync/held-of-day`,
  quarantine: `${API}/sync/quarantine`,
  wiped: `${API}/sync/wiped`,
  time: `${API}/time`,
  devices: `${API}/devices`,
  switchOff: `${API}/devices/switch-off`,
  roles: `${API}/devices/role`,
  deviceDay: `${API}/devices/held-of-day`,
  invites: `${API}/invites`,
  units: `${API}/units`,
  heldBack: `${API}/quarantine`,
  decisions: `${API}/quarantine/decisions`,
  cards: `${API}/cards`,
  trail: `${API}/trail`,
  openapi: `${API}/openapi.json`,
} as const

/** Operations in one push: where a phone begins, and between what it adapts. */
export const BATCH = { start: 500, least: 1, most: 1000 } as const
/** Bytes of a push after gunzip; beyond, 413. */
export const MAX_PUSH_BYTES = 4_000_000
