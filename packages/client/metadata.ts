import type { Http } from './http.ts'
import type { FieldInput, FieldMeta, ObjectInput, ObjectMeta, View, ViewInput } from './types.ts'

/** Objects and their fields: what a tenant keeps and how it calls it. */
export function objectMethods({ request }: Http) {
  return {
    list: () => request<ObjectMeta[]>('GET', '/objects'),
    get: (slug: string) => request<ObjectMeta>('GET', `/objects/${slug}`),
    create: (input: ObjectInput) => request<ObjectMeta>('POST', '/objects', { body: input }),
    update: (slug: string, input: Partial<Omit<ObjectInput, 'slug' | 'fields'>>) =>
      request<ObjectMeta>('PATCH', `/objects/${slug}`, { body: input }),
    /** Refused with CONFLICT while the object has records, unless `force` retires it. */
    remove: (slug: string, force = false) =>
      request<void>('DELETE', `/objects/${slug}`, { query: force ? { force } : {} }),
    reorder: (order: string[]) => request<unknown>('PUT', '/objects', { body: { order } }),
    addField: (slug: string, input: FieldInput) =>
      request<FieldMeta>('POST', `/objects/${slug}/fields`, { body: input }),
    updateField: (slug: string, key: string, input: Partial<Omit<FieldInput, 'key' | 'type'>>) =>
      request<FieldMeta>('PATCH', `/objects/${slug}/fields/${key}`, { body: input }),
    /** Retires the field: its data stay and `restoreField` brings it back. */
    retireField: (slug: string, key: string) => request<void>('DELETE', `/objects/${slug}/fields/${key}`),
    retiredFields: (slug: string) =>
      request<Pick<FieldMeta, 'key' | 'label' | 'type'>[]>('GET', `/objects/${slug}/fields/retired`),
    restoreField: (slug: string, key: string) =>
      request<FieldMeta>('POST', `/objects/${slug}/fields/${key}/restore`, { body: {} }),
    reorderFields: (slug: string, keys: string[]) =>
      request<unknown>('PUT', `/objects/${slug}/fields/order`, { body: { keys } }),
  }
}

/** Saved views of an object's list. */
export function viewMethods({ request }: Http) {
  return {
    list: (slug: string) => request<View[]>('GET', `/objects/${slug}/views`),
    create: (slug: string, input: ViewInput) => request<View>('POST', `/objects/${slug}/views`, { body: input }),
    update: (slug: string, id: string, input: Partial<ViewInput>) =>
      request<View>('PATCH', `/objects/${slug}/views/${id}`, { body: input }),
    remove: (slug: string, id: string) => request<void>('DELETE', `/objects/${slug}/views/${id}`),
  }
}
