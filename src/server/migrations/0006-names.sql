-- How the city and its platform for arrivals are called: {city, short, latin, platform}; null: as in Nanjing.
alter table communities add column local_names jsonb;
-- Whom a place calls, by role: {community: {name, phone}}; what it leaves out is that of the place above. Nothing was kept here before.
comment on column units.contacts is '{role: {name, phone}}';
