import { expect, test } from 'vitest'
import { DAILY_COLUMNS, type DailyColumn, dailyReport } from '../../src/domain/daily-report'
import { handOverSheet } from '../../src/domain/hand-over-sheet'
import type { DeviceId, PostId } from '../../src/domain/ids'
import { INCIDENT_COLUMNS, incidentReport } from '../../src/domain/incident-report'
import { ledgerOf } from '../../src/domain/ledger'
import { LEDGER_COLUMNS } from '../../src/domain/ledger-columns'
import { NANJING } from '../../src/domain/local-names'
import type { HandOver } from '../../src/domain/post-operations'
import { named } from '../../src/reports/words/named'
import { zhCN as plain } from '../../src/reports/words/zh-cn'
import { aKey } from '../support/builders'
import { NORTH_GATE, SOUTH_GATE } from '../support/community'
import { anOperation, aSource, aWholeDay } from '../support/report'

const zhCN = named(plain, NANJING)
const day = aWholeDay()
const source = aSource(day.operations, {
  uploads: new Map([[day.waiting, 'waiting']]),
  phones: [{ deviceId: 'b' as DeviceId, name: '2号手机', postId: NORTH_GATE, lastSeen: Date.parse('2020-02-18T06:50:00+08:00') }],
})
const cells = (rows: readonly Readonly<Record<string, string | number>>[], columns: readonly { readonly name: string }[]) =>
  rows.map((row) => columns.map(({ name }) => row[name]))

const D = '2020-02-18'
const S = '梧桐苑 南门'
const N = '梧桐苑 北门'
const W = '王志愿'
const B = 'base-1'

test('the masked ledger of a day with one of everything, cell by cell', () => {
  expect(cells(ledgerOf(source, 'masked', zhCN), LEDGER_COLUMNS)).toEqual([
    [1, D, '07:31', S, '早班', '进', '业主', '张*', '3幢', '138****5678', '', '', 36.5, '额温', '', '', '', '', '可通行', W, B, ''],
    [
      2,
      D,
      '07:41',
      S,
      '早班',
      '出',
      '租户',
      '欧阳*',
      '3幢',
      '',
      '',
      '',
      37.6,
      '额温',
      '07:53',
      37.8,
      '',
      '',
      '待就医排查',
      W,
      B,
      '07:41 37.6额 → 07:47 37.5颈 → 07:53 37.8腋',
    ],
    [
      3,
      D,
      '07:51',
      S,
      '早班',
      '进',
      '业主',
      '张*',
      '3幢',
      '138****5678',
      '',
      '',
      33.4,
      '额温',
      '07:52',
      36.2,
      '',
      '',
      '可通行',
      W,
      B,
      '07:51 33.4额 → 07:52 36.2腕',
    ],
    [4, D, '08:01', S, '早班', '进', '未列入名单', '李*', '', '', '', '', 36.5, '额温', '', '', '', '', '作废', W, B, '作废（撤销）'],
    [5, D, '08:11', S, '早班', '出', '业主', '张*', '3幢', '138****5678', '', '', 36.5, '额温', '', '', '', '', '可通行', W, B, ''],
    [6, D, '08:11', S, '早班', '出', '业主', '张*', '3幢', '138****5678', '', '', 36.5, '额温', '', '', '', '', '重复，不计', W, B, ''],
    [
      7,
      D,
      '08:31',
      N,
      '早班',
      '进',
      '来访',
      '王*',
      '3幢',
      '139****1234',
      '苏***45',
      '',
      36.5,
      '额温',
      '',
      '',
      '',
      '',
      '可通行',
      W,
      B,
      '未戴口罩；待上传',
    ],
    [
      8,
      D,
      '08:51',
      S,
      '早班',
      '进',
      '快递外卖',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '未测温（额温枪故障）',
      W,
      B,
      '时钟偏差 10 分钟，已校正',
    ],
    [9, D, '08:51', N, '早班', '进', '计数', '5 人', '', '', '', '', '已测，正常', '额温', '', '', '', '', '可通行', W, B, ''],
    [10, D, '09:01', S, '早班', '进', '未列入名单', '赵*', '', '', '', '', '', '', '', '', '', '', '劝回', W, B, ''],
    [11, D, '09:02', S, '早班', '出', '业主', '张*', '3幢', '138****5678', '', '', '', '', '', '', '', '', '劝回', W, B, ''],
    [12, D, '09:11', S, '早班', '', '来宁返宁', '孙*', '5幢', '137****7777', '', '', '', '', '', '', '', '未登记', '', W, '', ''],
    [13, D, '09:21', S, '早班', '', '居民诉求', '', '', '', '', '代买药', '', '', '', '', '', '', '', W, '', ''],
  ])
})

test('the full ledger names who it was, and what the masked one leaves out', () => {
  const rows = ledgerOf(source, 'full', zhCN)
  expect(rows).toHaveLength(13)
  expect(rows[1]).toMatchObject({ name: '欧阳小红', unit: '3幢2单元501室' })
  expect(rows[6]).toMatchObject({
    name: '王五',
    unit: '3幢2单元501室',
    phone: '13900001234',
    plate: '苏A12345',
    matter: '探亲',
    'key-area': '是',
  })
  expect(rows[10]).toMatchObject({ name: '张建华', outcome: '劝回（居家观察）' })
  expect(rows[11]).toMatchObject({
    name: '孙七',
    unit: '5幢1单元302室',
    phone: '13700007777',
    matter: '来自 湖北省黄冈市 G7012',
    'key-area': '是',
    platform: '未登记 / 橙',
  })
})

test('the daily report has a row for each post, one for the compound, one for all; each a sum of those above', () => {
  const none = Object.fromEntries(DAILY_COLUMNS.map(({ name, kind }) => [name, kind === 'count' ? 0 : ''])) as Record<
    DailyColumn,
    string | number
  >
  const north = {
    ...none,
    date: D,
    place: N,
    kind: '小区门岗',
    posts: 1,
    in: 6,
    vehicles: 1,
    measured: 6,
    visitors: 1,
    'key-area': 1,
    observed: '',
    'observed-new': '',
    'observed-ended': '',
    waiting: 1,
    unmerged: '2号手机未合并，最后见 06:50',
  }
  const south = {
    ...none,
    date: D,
    place: S,
    kind: '小区门岗',
    posts: 1,
    staff: 2,
    'person-times': 2,
    in: 3,
    out: 2,
    measured: 4,
    'too-low': 1,
    'at-threshold': 1,
    confirmed: 1,
    'handed-on': 1,
    'not-measured': 1,
    couriers: 1,
    arrivals: 1,
    unregistered: 1,
    'key-area': 1,
    observed: '',
    'observed-new': '',
    'observed-ended': '',
    'observed-turned-back': 1,
    stopped: 1,
    'stopped-why': '无出入证 1',
    requests: 1,
  }
  const both = {
    ...south,
    place: '梧桐苑 小计',
    kind: '有物业',
    posts: 2,
    in: 9,
    vehicles: 1,
    measured: 10,
    visitors: 1,
    'key-area': 2,
    observed: 2,
    'observed-ended': 1,
    'stopped-why': '',
    waiting: 1,
  }
  expect(dailyReport(source, zhCN)).toEqual([north, south, both, { ...both, place: '合计', kind: '' }])
})

test('who stood at two posts is one person in the sums', () => {
  const signIn = (name: string, postId: string) =>
    anOperation(0, { kind: 'attendance', name, as: 'volunteer', direction: 'in', postId: postId as PostId })
  const rows = dailyReport(aSource([signIn('王志愿', SOUTH_GATE), signIn('王志愿', NORTH_GATE), signIn('刘党员', NORTH_GATE)]), zhCN)
  expect(rows.map(({ place, staff, 'person-times': times }) => [place, staff, times])).toEqual([
    [N, 2, 2],
    [S, 1, 1],
    ['梧桐苑 小计', 2, 3],
    ['合计', 2, 3],
  ])
})

test('an entry that was voided says so, and why where all may be told', () => {
  const request = anOperation(0, { kind: 'request', topic: 'medicine' })
  const rows = (reason: string, view: 'masked' | 'full') =>
    ledgerOf(aSource([request, anOperation(1, { kind: 'void', target: request.key, reason })]), view, zhCN).map(({ outcome, note }) => [
      outcome,
      note,
    ])
  expect(rows('undo', 'masked')).toEqual([['作废', '作废（撤销）']])
  expect(rows('李四的，记错了', 'masked')).toEqual([['作废', '']])
  expect(rows('李四的，记错了', 'full')).toEqual([['作废', '作废（李四的，记错了）']])
})

test('an incident stands in its own report with each reading, who was called and how it ended; its home and what somebody typed only in the full one', () => {
  const row = (view: 'masked' | 'full') => cells(incidentReport(source, view, zhCN), INCIDENT_COLUMNS)
  expect(row('masked')).toEqual([
    ['20200218-01', '07:41', S, '3幢 欧阳*', 37.6, 37.5, 37.8, '', '卫生服务站 07:55', '发热门诊', '周* 08:01', '已结案', '08:21'],
  ])
  expect(row('full')).toEqual([
    [
      '20200218-01',
      '07:41',
      S,
      '3幢2单元501室 欧*红',
      37.6,
      37.5,
      37.8,
      '咳嗽',
      '卫生服务站 07:55',
      '发热门诊',
      '周医生 08:01',
      '已结案',
      '08:21',
    ],
  ])
})

test('a day on which nothing happened is reported too', () => {
  const rows = dailyReport(aSource([]), zhCN)
  expect(rows.map(({ place, in: entries, note }) => [place, entries, note])).toEqual([
    [N, 0, '零报告'],
    [S, 0, '零报告'],
    ['梧桐苑 小计', 0, '零报告'],
    ['合计', 0, '零报告'],
  ])
})

test('a hand-over tells all that there is to tell, and what nobody told', () => {
  const handOver = anOperation<HandOver>(449, {
    kind: 'hand-over',
    shift: '早班',
    from: '王志愿',
    counts: {
      in: 9,
      out: 2,
      measured: 10,
      openIncidents: 1,
      openRetests: 0,
      unsent: 3,
      returned: 1,
      personTimes: 4,
      volunteerMinutes: 750,
    },
    supplies: { masks: 120, bottles: 2, thermometers: 3, charge: 35 },
    phones: [{ name: '3f2a', unsent: 4 }, { name: '小米 ab12', lastSeen: '2020-02-18T06:50:00+08:00' }, { name: '华为 cd34' }],
    open: [{ kind: 'incident', passage: aKey(), since: '2020-02-18T07:31:00+08:00', place: '3幢2单元501室' }],
  })
  expect(handOverSheet(aSource([handOver]), zhCN).map(({ item, said }) => [item, said])).toEqual([
    ['值守点', S],
    ['班次', '早班'],
    ['交接时间', '15:00'],
    ['交班人', '王志愿'],
    ['接班人', '无人接班'],
    ['志愿者', '4 人次，共 12.5 小时'],
    ['进出人次', '进 9，出 2'],
    ['测温人次', '10'],
    ['未结异常', '1'],
    ['等待复测', '0'],
    ['未结事项', '07:31 3幢2单元501室 异常未结'],
    ['待上传', '3'],
    ['退回待改', '1'],
    ['各手机', '3f2a：待上传 4；小米 ab12：最后见 06:50；华为 cd34：未联系过'],
    ['口罩（只）', '120'],
    ['消毒液', '2 瓶'],
    ['额温枪', '3'],
    ['电池（节）', '未填'],
    ['手机电量', '35%'],
    ['交代事项', '未填'],
  ])
})

test('a hand-over of before supplies were counted is read as it was written', () => {
  const handOver = anOperation<HandOver>(450, {
    kind: 'hand-over',
    shift: '早班',
    from: '王志愿',
    to: '李志愿',
    counts: { in: 0, out: 0, measured: 0, openIncidents: 0, openRetests: 0, unsent: 0, returned: 0 },
    supplies: { disinfectant: 'low', thermometerBattery: 'low' },
  })
  const said = Object.fromEntries(handOverSheet(aSource([handOver]), zhCN).map((row) => [row.item, row.said]))
  expect(said).toMatchObject({
    接班人: '李志愿',
    志愿者: '未填',
    未结事项: '未填',
    消毒液: '不多了',
    '电池（节）': '快没电了',
    额温枪: '未填',
  })
})
