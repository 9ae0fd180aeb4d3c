-- Who did what to which thing, and when; never a personal value. Nothing is changed in it, and what is older than 180 days goes from its beginning.
create table trail (
  community_id text not null references communities,
  entry_no bigint not null,
  at timestamptz not null,
  -- A device's id, or 'server', or 'command-line'.
  actor text not null,
  what text not null,
  about text,
  detail jsonb,
  -- SHA-256 over the hash before and this entry: a changed or missing entry shows.
  previous bytea not null,
  hash bytea not null,
  primary key (community_id, entry_no)
);

create table trail_heads (
  community_id text primary key references communities,
  entry_no bigint not null,
  hash bytea not null
);
