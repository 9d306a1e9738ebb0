-- Which moment's mail each receiver has: whoever's server dies after it has been written does not write it again.

alter table dashboard_schedules add column mailed jsonb not null default '{}';
