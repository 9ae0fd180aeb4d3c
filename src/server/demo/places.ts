import { type Community, type Management, type PostType, USUAL_SHIFTS } from '../../domain/community'
import type { CommunityId, CompoundId, PostId } from '../../domain/ids'

export const COMMUNITY: Community = {
  id: '320104990001' as CommunityId,
  name: '石榴坊社区',
  collectingBody: '石榴坊社区居民委员会',
  contact: '025-84990001',
  shifts: USUAL_SHIFTS,
  contacts: [
    { role: 'community', name: '石榴坊社区值班室', phone: '025-84990001' },
    { role: 'health', name: '石榴坊社区卫生服务站', phone: '025-84990002' },
    { role: 'police', name: '石榴坊警务室', phone: '025-84990003' },
  ],
}
export const DISTRICT = '320104'

export interface DemoCompound {
  readonly id: CompoundId
  readonly name: string
  readonly management: Management
  readonly enclosed: boolean
  readonly tier: 'core' | 'fusion'
  /** Where nobody manages it: who answers for it. */
  readonly official?: string
  readonly households: number
  readonly residents: number
  /** How its homes are numbered; a village has one number a household. */
  readonly layout: { readonly buildings: number; readonly stairs: number; readonly floors: number; readonly doors: number } | 'village'
  readonly posts: readonly DemoPost[]
}

export interface DemoPost {
  readonly id: PostId
  readonly name: string
  readonly type: PostType
  readonly phones: number
  /** Passages a day. */
  readonly passages: number
}

const post = (id: string, name: string, passages: number, type: PostType = 'compound-gate', phones = 1): DemoPost => ({
  id: id as PostId,
  name,
  type,
  phones,
  passages,
})

export const COMPOUNDS: readonly DemoCompound[] = [
  {
    id: 'wutongyuan' as CompoundId,
    name: '梧桐苑',
    management: 'property',
    enclosed: true,
    tier: 'core',
    households: 420,
    residents: 1050,
    layout: { buildings: 7, stairs: 3, floors: 10, doors: 2 },
    posts: [post('wutongyuan-nanmen', '南门', 560, 'compound-gate', 2), post('wutongyuan-beimen', '北门', 330)],
  },
  {
    id: 'fangjisushe' as CompoundId,
    name: '纺机宿舍',
    management: 'work-unit',
    enclosed: true,
    tier: 'core',
    households: 160,
    residents: 380,
    layout: { buildings: 4, stairs: 4, floors: 5, doors: 2 },
    posts: [post('fangjisushe-damen', '大门', 330)],
  },
  {
    id: 'xiangfangli' as CompoundId,
    name: '象房里',
    management: 'none',
    enclosed: false,
    tier: 'core',
    official: '陈立新（社区副主任）',
    households: 230,
    residents: 520,
    layout: { buildings: 10, stairs: 4, floors: 6, doors: 1 },
    posts: [post('xiangfangli-dong', '巷口东', 250), post('xiangfangli-xi', '巷口西', 210), post('xiangfangli-caichang', '菜场口', 180)],
  },
  {
    id: 'wantouzu' as CompoundId,
    name: '湾头组',
    management: 'village',
    enclosed: true,
    tier: 'fusion',
    households: 20,
    residents: 50,
    layout: 'village',
    posts: [post('wantouzu-cunkou', '村口', 40, 'village-gate')],
  },
]

/** Belongs to no compound. */
export const METRO: DemoPost = post('metro-shiliufang-1', '地铁石榴坊站1号口', 0, 'metro-exit')
/** Where arrivals register. */
export const SERVICE_POINT: DemoPost = post('service-shiliufang', '社区服务点', 0, 'service-point')
/** Those that belong to no compound. */
export const OTHER_POSTS: readonly DemoPost[] = [METRO, post('road-shiliulu', '石榴路卡口', 0, 'road-check'), SERVICE_POINT]
