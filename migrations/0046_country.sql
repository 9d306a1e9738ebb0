-- Where a workspace is: phone numbers without a country code are read as they are dialled there. Null: nobody has said, and
-- its currency tells (packages/kernel/metadata/country.ts).

alter table tenants add column country text check (country ~ '^[A-Z]{2}$');
