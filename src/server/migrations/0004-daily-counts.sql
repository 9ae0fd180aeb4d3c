-- What stays of passages when their time is over.
create table daily_counts (
  community_id text not null references communities,
  -- The calendar day in China.
  day date not null,
  post_id text not null,
  direction text not null,
  passages bigint not null,
  not_measured bigint not null,
  too_low bigint not null,
  at_threshold bigint not null,
  voided bigint not null,
  primary key (community_id, day, post_id, direction)
);
