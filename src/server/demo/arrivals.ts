import type { PostId } from '../../domain/ids'
import { uuidV7 } from '../../domain/ids'
import type { Arrival } from '../../domain/post-operations'
import { MEANS } from '../../domain/registers'
import type { Household } from '../../domain/roster'
import { CHINA, dayOf, isoWithOffset } from '../../domain/time'
import { createRandom } from './random'

const SEED = 20_200_212
const HOUR = 3_600_000
const ARRIVALS = 152
const UNREGISTERED = 12
const KEY_AREA = 3
const DAYS = 6 // every arrival is registered since the notice of 12 February
const ORIGINS = [
  '安徽省滁州市来安县',
  '安徽省马鞍山市和县',
  '江苏省盐城市阜宁县',
  '江苏省宿迁市泗阳县',
  '河南省信阳市固始县',
  '浙江省湖州市长兴县',
]

/** Who came back since the notice of 12 February, as the service point wrote it down; the same at every start but for the day. */
export function arrivalsOf({
  households,
  postId,
  until,
}: {
  readonly households: readonly Household[]
  readonly postId: PostId
  readonly until: number
}): Arrival[] {
  const random = createRandom(SEED)
  const times = Array.from({ length: ARRIVALS }, () => until - HOUR - random.int(DAYS * 24) * HOUR - random.int(HOUR)).sort((a, b) => a - b)
  return times.map((at, i) => {
    const household = random.pick(households)
    const resident = random.pick(household.residents)
    return {
      kind: 'arrival',
      key: uuidV7(at, random.bytes(10)),
      seq: i + 1,
      deviceTime: isoWithOffset(at, CHINA),
      clockOffset: 0,
      postId,
      operator: '社区服务点',
      residentId: resident.id,
      householdId: household.id,
      name: resident.name,
      ...(resident.phone ? { phone: resident.phone } : {}),
      origin: random.pick(ORIGINS),
      arrivedOn: dayOf(at, CHINA),
      means: random.pick(MEANS),
      address: household.address,
      platform:
        i % Math.floor(ARRIVALS / UNREGISTERED) === 5 && i < UNREGISTERED * Math.floor(ARRIVALS / UNREGISTERED)
          ? 'not-registered'
          : 'registered',
      code: 'green',
      keyArea: i % Math.floor(ARRIVALS / KEY_AREA) === 7,
      metInPerson: true,
      source: 'post',
    }
  })
}
