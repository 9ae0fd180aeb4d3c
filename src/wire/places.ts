import * as v from 'valibot'
import { CONTACT_ROLES, type Community, POST_TYPES, type Post } from '../domain/community'
import { managements, tiers } from './rules'

const idText = v.string()
const ContactSchema = v.object({ role: v.picklist(CONTACT_ROLES), name: v.string(), phone: v.string() })
export const PostSchema = v.object({
  id: idText,
  name: v.string(),
  type: v.picklist(POST_TYPES),
  compoundId: v.exactOptional(idText),
  compoundName: v.string(),
  setting: v.exactOptional(
    v.object({
      district: v.exactOptional(v.string()),
      tier: v.exactOptional(tiers),
      management: v.exactOptional(managements),
      enclosed: v.exactOptional(v.boolean()),
      official: v.exactOptional(v.string()),
    }),
  ),
  contacts: v.exactOptional(v.array(ContactSchema)),
})
export const asPost = (parsed: v.InferOutput<typeof PostSchema>): Post => parsed as unknown as Post

export const CommunitySchema = v.object({
  id: idText,
  name: v.string(),
  collectingBody: v.string(),
  contact: v.string(),
  shifts: v.array(v.object({ name: v.string(), from: v.number(), to: v.number() })),
  contacts: v.exactOptional(v.array(ContactSchema)),
  names: v.exactOptional(v.object({ city: v.string(), short: v.string(), latin: v.string(), platform: v.string() })),
})
export const asCommunity = (parsed: v.InferOutput<typeof CommunitySchema>): Community => parsed as unknown as Community

const PublicCardKeySchema = v.object({ keyId: idText, communityId: idText, communityName: v.string(), publicKey: idText })
export const CommunityKeysSchema = v.object({
  receive: v.object({ keyId: idText, publicKey: idText }),
  cards: v.array(PublicCardKeySchema),
  leads: v.array(v.object({ deviceId: idText, name: v.string(), receiveKey: idText })),
})
