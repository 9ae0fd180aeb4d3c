import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import {
  CardOrderRequest,
  CardsResponse,
  DecisionRequest,
  DecisionResponse,
  DevicesResponse,
  DoneResponse,
  HeldBackResponse,
  InviteRequest,
  InviteResponse,
  RoleRequest,
  SwitchOffRequest,
  TrailResponse,
  UnitsResponse,
} from '../wire/desk'
import { OperationSchema } from '../wire/operation'
import { Problem } from '../wire/problem'
import { PATHS } from '../wire/protocol'
import {
  ActivationRequest,
  ActivationResponse,
  ChangeSchema,
  DeviceDayRequest,
  HeldOfDayRequest,
  HeldOfDayResponse,
  HeldResponse,
  PullResponse,
  PushRequest,
  PushResponse,
  ReconcileRequest,
  ReconcileResponse,
  TimeResponse,
} from '../wire/sync'

const SCHEMAS = {
  ActivationRequest,
  ActivationResponse,
  PushRequest,
  PushResponse,
  PullResponse,
  HeldResponse,
  ReconcileRequest,
  ReconcileResponse,
  HeldOfDayRequest,
  DeviceDayRequest,
  HeldOfDayResponse,
  TimeResponse,
  DevicesResponse,
  UnitsResponse,
  InviteRequest,
  InviteResponse,
  SwitchOffRequest,
  RoleRequest,
  DoneResponse,
  HeldBackResponse,
  DecisionRequest,
  DecisionResponse,
  CardOrderRequest,
  CardsResponse,
  TrailResponse,
  Operation: OperationSchema,
  Change: ChangeSchema,
  Problem,
} as const
type SchemaName = keyof typeof SCHEMAS

/** The API's description, OpenAPI 3.1, made from the same schemas that requests are read with. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatepost',
      version: '1',
      summary: 'What phones at a gate post and the community server say to each other',
      description: 'Operations go up by push, changes come down by pull. A key is answered once, and again the same.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The server that answers this' }],
    tags: [
      { name: 'sync', description: 'Records up, changes down' },
      { name: 'activation', description: 'The one way in' },
      { name: 'desk', description: 'Phones, invites, cards, quarantine and the trail' },
      { name: 'about', description: 'The server itself' },
    ],
    paths: {
      [PATHS.activate]: {
        post: operation('activation', 'activate', 'Spend an invite', 'ActivationResponse', { body: 'ActivationRequest', open: true }),
      },
      [PATHS.push]: { post: operation('sync', 'push', 'Hand in operations', 'PushResponse', { body: 'PushRequest' }) },
      [PATHS.pull]: { get: operation('sync', 'pull', 'Fetch changes after a cursor', 'PullResponse', { query: 'cursor' }) },
      [PATHS.held]: { get: operation('sync', 'held', "Count this device's operations here", 'HeldResponse', {}) },
      [PATHS.quarantine]: {
        post: operation('sync', 'handIn', 'Hand in what a phone that was switched off still holds', 'PushResponse', {
          body: 'PushRequest',
        }),
      },
      [PATHS.reconcile]: {
        post: operation('sync', 'reconcile', 'Ask which of its own records are here', 'ReconcileResponse', { body: 'ReconcileRequest' }),
      },
      [PATHS.heldOfDay]: {
        post: operation('sync', 'heldOfDay', 'Ask what is here of one of its own days', 'HeldOfDayResponse', { body: 'HeldOfDayRequest' }),
      },
      [PATHS.deviceDay]: {
        post: operation('desk', 'deviceDay', "Ask what is here of another phone's day", 'HeldOfDayResponse', { body: 'DeviceDayRequest' }),
      },
      [PATHS.wiped]: { post: operation('sync', 'wiped', 'Tell that this phone has deleted what it held', 'DoneResponse', {}) },
      [PATHS.devices]: { get: operation('desk', 'devices', 'The phones in scope', 'DevicesResponse', {}) },
      [PATHS.units]: { get: operation('desk', 'units', 'The places in scope', 'UnitsResponse', {}) },
      [PATHS.invites]: { post: operation('desk', 'invite', 'Make an activation code', 'InviteResponse', { body: 'InviteRequest' }) },
      [PATHS.switchOff]: { post: operation('desk', 'switchOff', 'Switch a phone off', 'DoneResponse', { body: 'SwitchOffRequest' }) },
      [PATHS.roles]: {
        post: operation('desk', 'changeRole', 'Give a phone another role or place', 'DoneResponse', { body: 'RoleRequest' }),
      },
      [PATHS.heldBack]: {
        get: operation('desk', 'heldBack', 'What a phone handed in after it was switched off', 'HeldBackResponse', { query: 'device' }),
      },
      [PATHS.decisions]: {
        post: operation('desk', 'decide', 'Take such records into the log, or not', 'DecisionResponse', { body: 'DecisionRequest' }),
      },
      [PATHS.cards]: { post: operation('desk', 'makeCards', 'Make cards to print', 'CardsResponse', { body: 'CardOrderRequest' }) },
      [PATHS.trail]: { get: operation('desk', 'trail', 'Who did what, newest first', 'TrailResponse', { query: 'before' }) },
      [PATHS.time]: { get: operation('about', 'time', 'Tell the time', 'TimeResponse', { open: true }) },
    },
    components: {
      securitySchemes: {
        device: {
          type: 'apiKey',
          in: 'header',
          name: 'signature',
          description:
            'RFC 9421, label gatepost: ecdsa-p256-sha256 over @method, @path, @query and content-digest, with created, nonce and keyid; beside it signature-input and content-digest',
        },
      },
      schemas: schemas(),
    },
  }
}

function operation(
  tag: string,
  operationId: string,
  summary: string,
  answer: SchemaName,
  { body, query, open }: { body?: SchemaName; query?: string; open?: boolean },
) {
  return {
    tags: [tag],
    operationId,
    summary,
    security: open ? [] : [{ device: [] }],
    ...(query
      ? {
          parameters: [
            {
              name: query,
              in: 'query',
              required: false,
              schema: { type: 'string' },
              description: QUERIES[query] ?? '',
            },
          ],
        }
      : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            description: 'JSON, gzip allowed (content-encoding)',
            content: { 'application/json': { schema: ref(body) } },
          },
        }
      : {}),
    responses: {
      '200': {
        description: 'Done; only an answer with the marker `gatepost` counts',
        content: { 'application/json': { schema: ref(answer) } },
      },
      '4XX': problem('The request is not taken; `code` says why'),
      '5XX': problem('Try again later; Retry-After says when, where it is known'),
    },
  }
}

const QUERIES: Readonly<Record<string, string>> = {
  cursor: 'As told by the page before; without it a snapshot begins',
  device: 'Whose records',
  before: 'Number of the oldest entry of the page before',
}

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } })

function jsonSchema(schema: GenericSchema): object {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' })
  return rest
}

/** Each schema under its name; a push's operations and a pull's changes, which are read one by one, lead to theirs. */
function schemas(): Record<string, object> {
  const all = Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)]))
  return {
    ...all,
    PushRequest: withItems(all.PushRequest, 'operations', 'Operation'),
    PullResponse: withItems(all.PullResponse, 'changes', 'Change'),
  }
}

function withItems(schema: object | undefined, member: string, items: SchemaName): object {
  const { properties, ...rest } = { properties: {}, ...schema }
  const list: object = Reflect.get(properties, member)
  return { ...rest, properties: { ...properties, [member]: { ...list, items: ref(items) } } }
}
