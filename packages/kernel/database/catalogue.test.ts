/** What the catalogue of a migrated database must look like for one tenant never to see another's data. */
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'

/** Tables that hold no tenant's rows, and why. A new table without tenant_id must be argued for here. */
const withoutTenant: Record<string, string> = {
  tenants: 'is the tenant itself: its id is the tenant',
  users: 'a person is global, by e-mail; policies show those who share the tenant',
  refresh_tokens: 'belongs to a user; policies show it to that user alone',
  account_links: 'belong to a user; policies show them to that user alone',
  second_factors: 'belong to a user; policies show them to that user alone',
  backup_codes: 'belong to a user; policies show them to that user alone',
  attempt_counters: 'counts sign-ins under a hash, before anybody is known',
  signing_keys: 'keys of the installation',
  event_cursors: 'how far each consumer has come over all tenants',
  published_templates: 'the offer of the installation: anybody may read it, the super admin writes it',
  schema_migrations: 'the owner’s; the application has no right to it',
}

/** Of those, the ones without row-level security: no row of them says anything about a tenant or a person. */
const withoutRowSecurity = ['attempt_counters', 'event_cursors', 'schema_migrations', 'signing_keys']

/** Unique keys of tenant tables that leave the tenant out, and why. */
const keysWithoutTenant: Record<string, string> = {
  calendar_feeds_token_hash_key: 'a secret tells for which workspace a calendar is asked for; secrets are random',
  forms_address_key: 'a form is opened before anybody knows of which workspace; addresses are random',
  mail_addresses_name_key: 'an address tells for which workspace a message is; names are random',
  meeting_addresses_name_key: 'an address tells for which workspace an answer is; names are random',
  sent_emails_tag_key: 'an address tells for which workspace an answer is; names are random',
  sessions_pkey: 'a session belongs to a user, who moves between tenants; ids are random',
  workflow_hooks_secret: 'a secret tells which workflow is called; secrets are random',
}

/** Foreign keys of tenant tables that leave the tenant out, and why. */
const referencesWithoutTenant: Record<string, string> = {
  memberships_user_id_fkey: 'users are global',
  sessions_user_id_fkey: 'users are global',
}

/** Policies that look beyond the transaction's tenant and user, with the role they are for. */
const wideningPolicies = ['event_failures_for_dispatcher', 'events_for_dispatcher']

/** Policies that let everybody read what says nothing of anybody: the offer of templates. */
const openPolicies = ['published_templates_read']

/** Functions that run with the owner's rights. */
const ownersFunctions = [
  'changed_pipelines',
  'domains_to_check',
  'due_dashboard_schedules',
  'end_calendar_feeds',
  'find_api_key',
  'find_calendar_feed',
  'find_domain',
  'find_form',
  'find_login',
  'find_mail_address',
  'find_meeting_address',
  'find_sent_email',
  'find_workflow_hook',
  'forget_operation_log',
  'forget_workflow_runs',
  'installation_tenants',
  'is_super_admin',
  'members_seen',
  'name_super_admin',
  'note_metadata',
  'operations_on_record',
  'prepare_operation_log',
  'prune_answers',
  'prune_events',
  'prune_notifications',
  'prune_record_changes',
  'rebase_events',
  'similar_words',
  'template_uses',
  'tenants_to_remind',
  'tenants_with_due_workflows',
  'tenants_with_form_uploads',
  'tenants_with_moving_fields',
  'tenants_with_workflow_timers',
  'tenants_with_workflows',
  'trials_to_tell',
  'workflow_turns',
]

let test: TestDatabase
let owner: Client

beforeAll(async () => {
  test = await cloneDatabase()
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await test.drop()
})

async function rows<R extends object>(text: string, values: unknown[] = []): Promise<R[]> {
  return (await owner.query<R & Record<string, unknown>>(text, values)).rows
}

const names = async (text: string): Promise<string[]> =>
  (await rows<{ name: string }>(text)).map((row) => row.name).sort()

const tables = `select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, c.relispartition,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as tenant
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`

describe('tables', () => {
  it('have a tenant_id, or stand in the list of those without', async () => {
    expect(await names(`select name from (${tables}) t where not tenant`)).toEqual(Object.keys(withoutTenant).sort())
  })

  it('with a tenant_id force row-level security, partitions included, and never leave it empty', async () => {
    expect(
      await names(`select name from (${tables}) t where tenant and not (relrowsecurity and relforcerowsecurity)`),
    ).toEqual([])
    expect(
      await names(`select t.name from (${tables}) t join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id'
        where not a.attnotnull`),
    ).toEqual([])
  })

  it('without one are behind row-level security as well, but for those that say nothing of anybody', async () => {
    expect(await names(`select name from (${tables}) t where not relrowsecurity`)).toEqual(withoutRowSecurity)
  })

  it('keep the tenant in every primary and unique key', async () => {
    const keys = await names(`select c.relname as name from pg_index i
      join pg_class c on c.oid = i.indexrelid join (${tables}) t on t.oid = i.indrelid
      where i.indisunique and t.tenant and not exists (
        select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'tenant_id' and a.attnum = any (i.indkey))`)
    expect(keys).toEqual(Object.keys(keysWithoutTenant))
  })

  it('keep the tenant in every foreign key, on the same place of both sides', async () => {
    const references = await names(`select con.conname as name from pg_constraint con
      join (${tables}) t on t.oid = con.conrelid
      where con.contype = 'f' and t.tenant and con.conparentid = 0 and not exists (
        select from generate_subscripts(con.conkey, 1) i
        join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[i] and a.attname = 'tenant_id'
        join pg_attribute b on b.attrelid = con.confrelid and b.attnum = con.confkey[i]
          and (b.attname = 'tenant_id' or con.confrelid = 'tenants'::regclass and b.attname = 'id'))`)
    expect(references).toEqual(Object.keys(referencesWithoutTenant))
  })
})

describe('policies', () => {
  const policies = `select p.polname as name, p.polcmd as command, c.relname as table_name,
      pg_get_expr(p.polqual, p.polrelid) as using_clause, pg_get_expr(p.polwithcheck, p.polrelid) as check_clause,
      p.polpermissive as permissive,
      array(select case r when 0 then 'public' else pg_get_userbyid(r)::text end from unnest(p.polroles) r) as roles
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where not pg_get_userbyid(c.relowner) = any (array(select pg_get_userbyid(r) from unnest(p.polroles) r))`

  it('bind what is read with USING and what is written with WITH CHECK', async () => {
    const lacking = await names(`select name from (${policies}) p where
      command in ('*', 'w') and (using_clause is null or check_clause is null)
      or command in ('r', 'd') and using_clause is null or command = 'a' and check_clause is null`)
    // For SELECT alone there is nothing to check; the dispatcher may not write events.
    expect(lacking).toEqual([])
  })

  it('rest on the tenant or the user of the transaction, but for those of the dispatcher', async () => {
    const widening = await rows<{ name: string; roles: string[] }>(`select name, roles from (${policies}) p where
      not (command = 'r' and name::text = any ('{${openPolicies.join(',')}}')) and (coalesce(using_clause, check_clause) !~ '(current_tenant|bound_user)\\(\\)'
      or coalesce(check_clause, using_clause) !~ '(current_tenant|bound_user)\\(\\)') order by name`)
    expect(widening.map((policy) => policy.name)).toEqual(wideningPolicies)
    expect(new Set(widening.flatMap((policy) => policy.roles))).toEqual(new Set(['oneforge_dispatcher']))
  })
})

describe('the application’s role', () => {
  it('owns nothing and can neither bypass row-level security nor become somebody who does', async () => {
    expect(
      await rows(`select 'relation ' || relname from pg_class where relowner = 'oneforge_app'::regrole
      union all select 'function ' || proname from pg_proc where proowner = 'oneforge_app'::regrole
      union all select 'schema ' || nspname from pg_namespace where nspowner = 'oneforge_app'::regrole
      union all select 'type ' || typname from pg_type where typowner = 'oneforge_app'::regrole`),
    ).toEqual([])
    expect(
      await rows(`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles
        where pg_has_role('oneforge_app', oid, 'member') order by rolname`),
    ).toEqual([
      {
        rolname: 'oneforge_app',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolinherit: false,
      },
      {
        rolname: 'oneforge_dispatcher',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolinherit: true,
      },
    ])
  })

  it('cannot create anything, nor alter or delete what has happened', async () => {
    const [rights] = await rows(`select has_schema_privilege('oneforge_app', 'public', 'create') as creates,
      has_table_privilege('oneforge_app', 'events', 'update, delete, truncate') as alters_events,
      has_table_privilege('oneforge_app', 'audit_entries', 'update, delete, truncate') as alters_audit,
      has_table_privilege('oneforge_app', 'metadata_versions', 'insert, update, delete, truncate') as writes_versions,
      has_table_privilege('oneforge_app', 'metadata_changes', 'insert, update, delete, truncate') as writes_changes,
      has_table_privilege('oneforge_app', 'schema_migrations', 'select, insert, update, delete') as migrates`)
    expect(rights).toEqual({
      creates: false,
      alters_events: false,
      alters_audit: false,
      writes_versions: false,
      writes_changes: false,
      migrates: false,
    })
    expect(
      await names(`select name from (${tables}) t
        where has_table_privilege('oneforge_app', oid, 'truncate, references, trigger')`),
    ).toEqual([])
  })
})

describe('what runs with the owner’s rights', () => {
  it('is no view', async () => {
    expect(
      await names(`select relname as name from pg_class where relnamespace = 'public'::regnamespace
        and (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false))`),
    ).toEqual([])
  })

  it('are the functions of the list, with a fixed search path and not for everybody', async () => {
    const definers = await rows<{ name: string; path: string | null; open: boolean }>(`select proname as name,
        array_to_string(proconfig, ', ') as path, has_function_privilege('public', oid, 'execute') as open
      from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by proname`)
    expect(definers).toEqual(
      ownersFunctions.map((name) => ({ name, path: 'search_path=public, pg_temp', open: false })),
    )
  })
})
