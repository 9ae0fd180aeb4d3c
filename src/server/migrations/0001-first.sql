-- Every table on the write path has the community first in its primary key and in every unique key; ids come from outside.
create table communities (
  community_id text primary key,
  name text not null,
  collecting_body text not null,
  contact text not null,
  shifts jsonb not null,
  rules jsonb not null,
  -- The number of the newest change; its row is locked by whoever writes one, so that a late commit is never skipped.
  last_change bigint not null default 0,
  created_at timestamptz not null default now()
);

-- The tree city > district > street > community > compound > post.
create table units (
  community_id text not null references communities,
  unit_id text not null,
  parent_id text,
  kind text not null check (kind in ('city', 'district', 'street', 'community', 'compound', 'post')),
  name text not null,
  admin_code text,
  managing_area text,
  contacts jsonb not null default '{}',
  details jsonb not null default '{}',
  closed_at timestamptz,
  primary key (community_id, unit_id),
  foreign key (community_id, parent_id) references units
);

create table invites (
  community_id text not null references communities,
  code_hash bytea not null,
  role text not null,
  unit_id text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  device_id text,
  primary key (community_id, code_hash)
);
create index invites_by_code on invites (code_hash);

create table devices (
  community_id text not null references communities,
  device_id text not null,
  secret_hash bytea not null,
  epoch text not null,
  name text not null,
  role text not null,
  unit_id text not null,
  local_post_id text,
  local_compound_id text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  -- ms that the phone's clock was off, as of its last push.
  clock_offset bigint,
  revoked_at timestamptz,
  primary key (community_id, device_id)
);
create index devices_by_id on devices (device_id);

-- What devices did. The day is a pure function of the key, so that the same record meets itself wherever it arrives.
create table operations (
  community_id text not null,
  day date not null,
  key text not null,
  device_id text not null,
  seq bigint not null,
  kind text not null,
  post_id text not null,
  at timestamptz not null,
  target text,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  primary key (community_id, day, key)
) partition by range (day);
create table operations_rest partition of operations default;
create index operations_by_device on operations (community_id, device_id, seq);
create index operations_by_post on operations (community_id, post_id, at);

-- What the server tells phones, in the order of its numbers.
create table changes (
  community_id text not null references communities,
  change_no bigint not null,
  -- The compound that it concerns; null: the whole community.
  unit_id text,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  primary key (community_id, change_no)
);

create table roster_pages (
  community_id text not null references communities,
  compound_id text not null,
  page integer not null,
  payload jsonb not null,
  primary key (community_id, compound_id, page)
);
