/** Reads a tenant's metadata in one round trip and keeps what was compiled until the tenant's version moves on. */
import { LRUCache } from 'lru-cache'
import { type Database, sql, type Transaction } from '../database/index.ts'
import { notFound } from '../errors/index.ts'
import {
  compileModel,
  type FieldRow,
  type ModelRows,
  type NetworkRow,
  type ObjectRow,
  type RelationRow,
  type RoleRow,
  type TenantRow,
  type UniqueKeyRow,
} from './compile.ts'
import type { ModelLocation, TenantModel } from './model.ts'

/** Loads and compiles the model as the transaction sees it, its own changes included. */
export async function loadModel(tx: Transaction, tenantId: string): Promise<TenantModel> {
  const [tenants, objects, fields, relations, roles, locations, networks, uniqueKeys] = (await tx.batch([
    sql`select id, version, name, slug, plan, trial_ends_at, suspended_reason, locale, currency, country, time_zone,
          template_slug, template_version, navigation
        from tenants where id = ${tenantId}`,
    sql`select id, slug, definition, position, changed_in, layout from objects
        where tenant_id = ${tenantId} and retired_at is null order by position, slug`,
    sql`select f.id, f.object_id, f.key, f.definition, f.slot, f.position, f.derive_job
        from fields f where f.tenant_id = ${tenantId} and f.retired_at is null order by f.position, f.key`,
    sql`select id, from_object_id, field_id, to_object_id, other_object_ids from relations
        where tenant_id = ${tenantId} order by id`,
    sql`select id, key, definition from roles where tenant_id = ${tenantId} order by position, key`,
    sql`select id, name, code, active from locations where tenant_id = ${tenantId} order by position, name`,
    sql`select network::text, location_id from network_rules where tenant_id = ${tenantId} and active order by id`,
    sql`select key_id, values_id, job_id from unique_keys where tenant_id = ${tenantId}`,
  ])) as [TenantRow[], ObjectRow[], FieldRow[], RelationRow[], RoleRow[], ModelLocation[], NetworkRow[], UniqueKeyRow[]]
  const tenant = tenants[0]
  if (!tenant) throw notFound('The workspace')
  const rows: ModelRows = { tenant, objects, fields, relations, roles, locations, networks, uniqueKeys }
  return compileModel(rows)
}

/**
 * Compiled models by tenant. A model may be old: the transaction that uses it is bound with its version and raises
 * `StaleModel` when the tenant has moved on, upon which the caller asks for a fresh one. So no server ever acts on
 * metadata that another has changed.
 */
export class ModelCache {
  private readonly database: Database
  private readonly models = new LRUCache<string, TenantModel>({ max: 2_000 })
  private readonly loading = new Map<string, Promise<TenantModel>>()

  constructor(database: Database) {
    this.database = database
  }

  async get(tenantId: string): Promise<TenantModel> {
    return this.models.get(tenantId) ?? this.refresh(tenantId)
  }

  /** Reads the model anew; callers that ask at the same time share one reading. */
  refresh(tenantId: string): Promise<TenantModel> {
    const running = this.loading.get(tenantId)
    if (running) return running
    const loading = this.database
      .transaction({ tenantId }, (tx) => loadModel(tx, tenantId))
      .then((model) => {
        const known = this.models.get(tenantId)
        if (!known || known.version <= model.version) this.models.set(tenantId, model)
        return model
      })
      .finally(() => this.loading.delete(tenantId))
    this.loading.set(tenantId, loading)
    return loading
  }
}
