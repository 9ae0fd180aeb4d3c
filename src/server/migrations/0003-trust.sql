-- A device proves itself by its key. One that was activated by a secret must be activated again.
alter table devices drop column secret_hash;
alter table devices add column sign_key text not null default '';
alter table devices alter column sign_key drop default;
alter table devices add column receive_key text;
-- Another phone showed up with the same identity: both are kept out.
alter table devices add column cloned_at timestamptz;
alter table devices add column wiped_at timestamptz;

-- The server's own keys. `receive`: phones seal to it. `card`: signs cards; a retired one still verifies.
create table community_keys (
  community_id text not null references communities,
  key_id text not null,
  purpose text not null check (purpose in ('receive', 'card')),
  -- Uncompressed point of P-256, base64url.
  public_key text not null,
  private_key bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (community_id, key_id)
);

create table nonces (
  community_id text not null,
  device_id text not null,
  nonce text not null,
  seen_at timestamptz not null,
  primary key (community_id, device_id, nonce)
);
create index nonces_by_age on nonces (seen_at);

create table cards (
  community_id text not null references communities,
  card_id text not null,
  short_code text not null,
  kind text not null check (kind in ('person', 'household', 'blank', 'visitor')),
  compound_id text not null,
  household_id text,
  resident_id text,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (community_id, card_id),
  unique (community_id, short_code)
);
create index cards_by_household on cards (community_id, household_id);

-- What phones that were switched off still delivered, until somebody decides.
create table quarantine (
  community_id text not null references communities,
  device_id text not null,
  key text not null,
  seq bigint not null,
  payload jsonb not null,
  received_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  decision text check (decision in ('accepted', 'rejected')),
  primary key (community_id, device_id, key)
);
