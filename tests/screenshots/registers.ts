import type { Page } from 'playwright-core'
import { openAt } from '../browser/support/gate-page'

type Shot = (name: string) => Promise<void>
const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The other registers, the rules' questions, incidents, the shift, and the first screens of the other posts. */
export async function registersTour(page: Page, url: string, shot: Shot): Promise<void> {
  await visitor(page, shot)
  await vehicle(page, shot)
  await key(page, '快递').click()
  await shot('courier')
  await key(page, '36.4').click()
  await key(page, '返宁').click()
  await page.getByRole('heading', { name: '来宁返宁登记' }).waitFor()
  await shot('arrival')
  await key(page, '整车登记（企业返岗）').click()
  await page.getByLabel('名单').fill('张三\n李四\n王五')
  await key(page, '加入名单').click()
  await shot('bus')
  await key(page, '返回').click()
  await key(page, '更多').click()
  await shot('more')
  await key(page, '补录').click()
  await shot('late')
  await key(page, '返回').click()
  await incident(page, url, shot)
  await shift(page, url, shot)
  await openAt(page, `${url}/notices`)
  await shot('notices')
}

/** The first screens of the other kinds of post: for a phone whose scope has them. */
export async function postsTour(page: Page, url: string, shot: Shot): Promise<void> {
  for (const [post, name] of [
    ['村口', 'post-village'],
    ['地铁石榴坊站1号口', 'post-metro'],
    ['石榴路卡口', 'post-road'],
    ['社区服务点', 'post-service'],
    ['巷口东', 'post-permit'],
  ] as const) {
    await openAt(page, `${url}/status`)
    await page.getByLabel(post).first().check()
    await page.waitForTimeout(300) // until it is kept
    await page.goto(`${url}/`)
    await openAt(page, `${url}/`)
    await page.waitForTimeout(600)
    await shot(name)
  }
  await key(page, '查住户').click()
  await page.getByRole('textbox').fill('1-1-101')
  await page.locator('.found').first().click()
  await page.waitForTimeout(300)
  await shot('ask-pass')
  await key(page, '没有带').click()
  await shot('stop')
  await key(page, '例外放行').click()
  await shot('except')
}

async function visitor(page: Page, shot: Shot): Promise<void> {
  await key(page, '来访').click()
  await page.getByRole('heading', { name: '来访登记' }).waitFor()
  await key(page, '去测温').click()
  await shot('visitor-errors')
  await page.getByLabel('姓名').fill('钱多多')
  await page.getByLabel('手机号').fill('13900001234')
  await page.getByLabel('去哪家').fill('3-2-501')
  await page.waitForTimeout(200)
  await shot('visitor')
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await key(page, '去测温').click()
  await page.waitForTimeout(200)
  await shot('visitor-measure')
  await key(page, '36.3').click()
  await page.locator('.last').waitFor()
}

async function vehicle(page: Page, shot: Shot): Promise<void> {
  await key(page, '车辆').click()
  await page.locator('.plate-keys').waitFor()
  for (const sign of '苏A12345') if (sign !== '苏') await key(page, sign).click()
  await shot('plate')
  await key(page, '车上是谁').click()
  await page.waitForTimeout(200)
  await shot('plate-unsure')
  await key(page, '就按这样登记').click()
  await shot('vehicle')
  await key(page, '其他人').click()
  await shot('occupant')
  await key(page, '没有到过，去测温').click()
  await page.waitForTimeout(200)
  await key(page, '36.3').click()
  await page.waitForTimeout(200)
  await shot('vehicle-next')
  await key(page, '这辆车完成').click()
}

async function incident(page: Page, url: string, shot: Shot): Promise<void> {
  await key(page, '查住户').click()
  await page.getByRole('textbox').fill('2-1-201')
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
  const [name = ''] = ((await page.locator('.who h1').textContent()) ?? '').split(' ')
  for (const celsius of ['37.6', '37.5', '37.8']) {
    await page.getByRole('button', { name: '37.3+' }).click()
    await key(page, celsius).click()
    await page.waitForTimeout(200)
    if (celsius === '37.8') break
    await key(page, '继续').click()
    await page.locator('.chip-retest', { hasText: name }).click()
  }
  await shot('confirmed')
  await page.getByRole('link', { name: '打开异常处置' }).click()
  await page.locator('.checklist').waitFor()
  await page.locator('.check-item').first().click()
  await page.waitForTimeout(300)
  await shot('incident')
  await openAt(page, `${url}/`)
  await page.waitForTimeout(500)
  await shot('gate-busy')
}

async function shift(page: Page, url: string, shot: Shot): Promise<void> {
  await openAt(page, `${url}/shift`)
  await page.waitForTimeout(300)
  await shot('shift-open')
  await key(page, '开班').click()
  await page.waitForTimeout(300)
  await shot('shift')
  await openAt(page, `${url}/shift/hand-over`)
  await page.waitForTimeout(500)
  await shot('hand-over')
  await openAt(page, `${url}/shift/give`)
  await page.waitForTimeout(300)
  await shot('give')
  await openAt(page, `${url}/shift/take`)
  await page.waitForTimeout(500)
  await shot('take')
}
