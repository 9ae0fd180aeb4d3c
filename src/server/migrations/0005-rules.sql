-- Dated rule sets take the place of the one set that each community had.
alter table communities drop column rules;
-- Whom a post calls: [{role, name, phone}].
alter table communities add column contacts jsonb not null default '[]';

create table rule_sets (
  community_id text not null references communities,
  set_id text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  -- Null: a draft, which no phone is told of.
  published_at timestamptz,
  primary key (community_id, set_id)
);

create table notices (
  community_id text not null references communities,
  notice_id text not null,
  -- Null: for all posts.
  post_id text,
  title text not null,
  text text not null,
  published_at timestamptz not null default now(),
  primary key (community_id, notice_id)
);

create table observations (
  community_id text not null references communities,
  resident_id text not null,
  household_id text not null,
  compound_id text not null,
  kind text not null check (kind in ('home', 'central')),
  -- It ends at 00:00 of this day, in China.
  until date not null,
  created_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (community_id, resident_id)
);

create index operations_by_target on operations (community_id, target) where target is not null;

-- Arrivals, and passages that became cases, outlive the day that they lie in: 60 days, for a case counted from its closing.
create table kept_operations (
  community_id text not null,
  key text not null,
  device_id text not null,
  kind text not null,
  post_id text not null,
  at timestamptz not null,
  target text,
  payload jsonb not null,
  primary key (community_id, key)
);
create index kept_operations_by_target on kept_operations (community_id, target) where target is not null;

alter table daily_counts add column arrivals bigint not null default 0;
alter table daily_counts add column incidents bigint not null default 0;
