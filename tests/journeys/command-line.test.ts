import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let data: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatepost-lists-'))
  data = mkdtempSync(join(tmpdir(), 'gatepost-admin-'))
})
afterAll(() => {
  for (const place of [folder, data]) rmSync(place, { recursive: true, force: true })
})

/** What `npm run admin -- …` says, and how it ends. */
function admin(...words: string[]): Promise<{ code: number; said: string; wrong: string }> {
  return new Promise((resolve) => {
    execFile('node', ['dist/server/admin.mjs', ...words, '--data', data], (error, said, wrong) => {
      resolve({ code: error ? Number(error.code) : 0, said, wrong })
    })
  })
}

/** The server says where it answers, among the lines of its log. */
function addressToldBy(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout?.on('data', (text: Buffer) => {
      said += text.toString()
      const [, url] = /^Gatepost answers at (\S+)$/m.exec(said) ?? []
      if (url) resolve(url)
    })
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
}

const idIn = (text: string, kind: string) => new RegExp(`^${kind} +(\\S+)`, 'm').exec(text)?.[1] ?? ''

test('a community is made from nothing: compound, post, roster, and a link for a phone', async () => {
  expect(await admin('compound', 'add', '--name', '梧桐苑')).toMatchObject({
    code: 1,
    wrong: expect.stringContaining('there is no community yet'),
  })
  expect((await admin('community', 'add', '--name', '石榴坊社区', '--body', '居委会', '--contact', '025-1')).code).toBe(0)
  const compound = idIn((await admin('compound', 'add', '--name', '梧桐苑')).said, 'compound')
  const post = idIn((await admin('post', 'add', '--name', '南门', '--parent', compound)).said, 'post')
  expect((await admin('units')).said).toMatch(/梧桐苑[\s\S]*南门/)

  const list = join(folder, '名单.csv')
  writeFileSync(list, '姓名,房号\n张三,3-2-501\n李四,某处\n')
  const refused = await admin('roster', 'import', list, '--compound', compound)
  expect([refused.code, refused.wrong]).toEqual([1, expect.stringMatching(/nothing was imported\. Row 3/)])
  writeFileSync(list, '姓名,房号\n张三,3-2-501\n')
  expect((await admin('roster', 'import', list, '--compound', compound)).said).toContain('1 households, 1 residents')

  const { said } = await admin('invite', '--role', 'volunteer', '--unit', post, '--url', 'https://gate.example.org/')
  expect(said).toMatch(/^code \w{4}-\w{4}-\w{5} /)
  expect(said).toMatch(/^link https:\/\/gate\.example\.org\/activate#\w{13}$/m)
  expect((await admin('post', 'close', '--id', post)).code).toBe(0)
  expect((await admin('units')).said).toContain('(closed)')
}, 120_000)

test('rules are drafted from a file, looked at for a post and an instant, and published once; a mistyped one changes nothing', async () => {
  const compound = idIn(
    (await admin('compound', 'add', '--name', '象房里', '--management', 'none', '--tier', 'core', '--open', '--official', '陈立新')).said,
    'compound',
  )
  const post = idIn((await admin('post', 'add', '--name', '巷口东', '--parent', compound)).said, 'post')
  const file = join(folder, 'rules.json')
  const seed = JSON.parse(readFileSync('src/wire/notices/nanjing-2020-02.json', 'utf8'))
  writeFileSync(file, JSON.stringify([{ ...seed[0], parameters: { maks: 'required' } }]))
  expect(await admin('rules', 'draft', file)).toMatchObject({ code: 1, wrong: expect.stringMatching(/rules\.json: \/0\/parameters\/maks/) })
  expect(await admin('rules', 'preview', '--post', post, '--at', '2020-02-18T00:02:00')).toMatchObject({
    code: 1,
    wrong: expect.stringContaining('--at must be an instant with its offset'),
  })
  expect((await admin('rules')).said).toBe('')

  expect((await admin('rules', 'draft', 'src/wire/notices/nanjing-2020-02.json')).said).toContain('drafted 9')
  const preview = async (at: string) => (await admin('rules', 'preview', '--post', post, '--at', at)).said
  expect(await preview('2020-02-18T00:02:00+08:00')).toMatch(/^ {2}pass +required$/m)
  expect(await preview('2020-02-21T00:00:00+08:00')).toMatch(/^ {2}pass +not-asked$/m)
  expect(await preview('2020-02-21T00:00:00+08:00')).toContain('draft nj-2020-02-21')
  expect(await preview('2020-02-18T00:02:00+08:00')).toMatch(/tenant 租户 +in +请登记 register: 出入证 permit/)
  expect((await admin('rules', 'publish')).said).toContain('published')
  expect(await admin('rules', 'publish')).toMatchObject({ code: 1, wrong: expect.stringContaining('there is no draft') })
  expect(await admin('rules', 'draft', 'src/wire/notices/nanjing-2020-02.json')).toMatchObject({
    code: 1,
    wrong: expect.stringContaining('published already, and never changed'),
  })
  expect((await admin('trail')).said).toContain('rules-changed  nj-6')
}, 120_000)

test('notices and observations are made on the command line, and a day is counted', async () => {
  const notice = idIn((await admin('notice', 'send', '--title', '今晚消杀', '--text', '从北门进出')).said, 'notice')
  expect((await admin('notice', 'receipts', '--id', notice)).said).toMatch(/象房里 巷口东 {2}not read/)
  expect(await admin('observe', '--resident', 'nobody', '--until', '2020-02-25')).toMatchObject({
    code: 1,
    wrong: expect.stringContaining('there is no resident'),
  })
  expect(await admin('release', '--resident', 'nobody')).toMatchObject({ code: 1, wrong: expect.stringContaining('nobody with this') })
  expect((await admin('tally', '--day', '2020-02-18')).said).toContain('象房里 巷口东: nothing')
  expect((await admin('tips')).said).toBe('nothing was told\n')
  expect((await admin('requests', '--days', '3')).said).toBe('nothing was asked\n')
  expect((await admin('contact', 'set', '--role', 'police', '--name', '警务室', '--phone', '025-2')).code).toBe(0)
  expect((await admin('contact')).said).toMatch(/石榴坊社区 {2}police {2}警务室 {2}025-2[\s\S]*象房里 巷口东 {2}official {2}陈立新/)
  expect((await admin('trail')).said).toMatch(/requests-read[\s\S]*tips-read/)
}, 60_000)

test('a command given while the server runs uses its PostgreSQL, and leaves it running', async () => {
  const server = spawn('node', ['dist/server/main.mjs'], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const url = await addressToldBy(server)
    expect((await admin('units')).said).toContain('梧桐苑')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  expect(existsSync(join(data, 'cluster/postmaster.pid'))).toBe(false)
}, 60_000)

test('--help, or nothing, tells every command', async () => {
  for (const words of [['--help'], []]) {
    const { code, said } = await admin(...words)
    expect(code).toBe(0)
    for (const command of [
      'community add',
      'post close',
      'invite',
      'roster import',
      'device revoke',
      'rules publish',
      'notice send',
      'observe',
      'tally',
      'contact set',
      'community set',
      'tips',
      'requests',
    ])
      expect(said).toContain(command)
  }
})

test.each([
  [['dance'], 'there is no command "dance"'],
  [['invite', '--role', 'king', '--unit', 'x'], '--role must be one of'],
  [['invite', '--role', 'lead', '--unit', 'nowhere'], 'nowhere is not a'],
  [['post', 'add', '--name', 'x', '--parent', 'x', '--type', 'castle'], '--type must be one of'],
  [['device', 'revoke', '--id', 'x'], 'there is no device'],
  [['community', 'add', '--wrong'], "Unknown option '--wrong'"],
  [['rules', 'draft'], 'name the file'],
  [['rules', 'draft', 'nowhere.json'], 'nowhere.json cannot be read'],
  [['rules', 'preview', '--post', 'nowhere'], 'nowhere is not a post here'],
  [['contact', 'set', '--role', 'police', '--name', 'x', '--phone', 'soon'], '--phone must be a number'],
  [['community', 'set'], 'name what to set'],
  [['tips', '--days', 'many'], '--days must be'],
  [['compound', 'add', '--name', 'x', '--management', 'king'], '--management must be one of'],
  [['observe', '--resident', 'x', '--until', 'soon'], '--until must be a day'],
])('%j is one clear line and exit 1', async (words, told) => {
  const { code, wrong } = await admin(...words)
  expect(code).toBe(1)
  expect(wrong).toContain(told)
  expect(wrong.trim().split('\n')).toHaveLength(1)
})
