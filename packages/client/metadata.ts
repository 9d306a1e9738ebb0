import type { FieldConversion } from './generated.ts'
import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type {
  BrokenRule,
  Dependents,
  FailingRecords,
  FieldInput,
  FieldMeta,
  FieldType,
  FormulaCheck,
  FormulaDraft,
  ObjectInput,
  ObjectMeta,
  PinnedView,
  RuleInput,
  View,
  ViewInput,
} from './types.ts'

/** Another type for a field. */
export interface ConversionWish {
  type: FieldType
  options?: { value: string; label?: string }[]
  currency?: string
}

export interface FieldChange extends Partial<Omit<FieldInput, 'key' | 'type'>> {
  /** What records get that hold an option which goes; null: nothing. */
  replace?: Record<string, string | null>
}

/** Objects and their fields: what a tenant keeps and how it calls it. */
export function objectMethods({ request }: Http) {
  return {
    list: () => request<ObjectMeta[]>('GET', '/objects'),
    get: (slug: string) => request<ObjectMeta>('GET', `/objects/${slug}`),
    create: (input: ObjectInput) => request<ObjectMeta>('POST', '/objects', { body: input }),
    /** With the version that the change is made on, it is refused with CONFLICT where somebody else was faster. */
    update: (slug: string, input: Partial<Omit<ObjectInput, 'slug' | 'fields'>>, version?: number) =>
      request<ObjectMeta>('PATCH', `/objects/${slug}`, { body: input, headers: ifMatch(version) }),
    /** What names the object, and how many records would go out of sight with it. */
    dependents: (slug: string) => request<Dependents>('GET', `/objects/${slug}/dependents`),
    /** Refused with CONFLICT while the object has records or is named by others, unless `force` retires it. */
    remove: (slug: string, force = false, version?: number) =>
      request<void>('DELETE', `/objects/${slug}`, { query: force ? { force } : {}, headers: ifMatch(version) }),
    /** Another slug; the old one goes on to work. */
    rename: (slug: string, name: string, version?: number) =>
      request<ObjectMeta>('POST', `/objects/${slug}/rename`, { body: { name }, headers: ifMatch(version) }),
    reorder: (order: string[]) => request<unknown>('PUT', '/objects', { body: { order } }),
    addField: (slug: string, input: FieldInput, version?: number) =>
      request<FieldMeta>('POST', `/objects/${slug}/fields`, { body: input, headers: ifMatch(version) }),
    updateField: (slug: string, key: string, input: FieldChange, version?: number) =>
      request<FieldMeta>('PATCH', `/objects/${slug}/fields/${key}`, { body: input, headers: ifMatch(version) }),
    /** What names the field, and how many records hold a value. */
    fieldDependents: (slug: string, key: string) =>
      request<Dependents>('GET', `/objects/${slug}/fields/${key}/dependents`),
    /** Retires the field: its data stay and `restoreField` brings it back. With `force` what names it is mended. */
    retireField: (slug: string, key: string, force = false, version?: number) =>
      request<void>('DELETE', `/objects/${slug}/fields/${key}`, {
        query: force ? { force } : {},
        headers: ifMatch(version),
      }),
    /** What names an option or a stage, and how many records hold it. */
    optionDependents: (slug: string, key: string, value: string) =>
      request<Dependents>('GET', `/objects/${slug}/fields/${key}/options/${encodeURIComponent(value)}/dependents`),
    /** Begins with it and gives the job that fills in the values; `dryRun` only tells what would become of them. */
    convertField: (slug: string, key: string, wish: ConversionWish & { dryRun?: boolean }, version?: number) =>
      request<FieldConversion>('POST', `/objects/${slug}/fields/${key}/convert`, {
        body: wish,
        headers: ifMatch(version),
      }),
    /** Another key; the old one goes on to work. */
    renameField: (slug: string, key: string, name: string, version?: number) =>
      request<ObjectMeta>('POST', `/objects/${slug}/fields/${key}/rename`, {
        body: { name },
        headers: ifMatch(version),
      }),
    retiredFields: (slug: string) =>
      request<Pick<FieldMeta, 'key' | 'label' | 'type'>[]>('GET', `/objects/${slug}/fields/retired`),
    restoreField: (slug: string, key: string) =>
      request<FieldMeta>('POST', `/objects/${slug}/fields/${key}/restore`, { body: {} }),
    reorderFields: (slug: string, keys: string[]) =>
      request<unknown>('PUT', `/objects/${slug}/fields/order`, { body: { keys } }),
    /** Checks a formula, and works it out for a record. Without an expression: the names and functions there are. */
    checkFormula: (slug: string, draft: FormulaDraft, { signal }: { signal?: AbortSignal } = {}) =>
      request<FormulaCheck>('POST', `/objects/${slug}/formulas/check`, { body: draft, signal }),
    failingRecords: (slug: string, key: string) =>
      request<FailingRecords>('GET', `/objects/${slug}/fields/${key}/errors`),
    /** Counts the records that break each rule: those that are saved, or the drafts given. */
    checkRules: (slug: string, rules?: RuleInput[]) =>
      request<BrokenRule[]>('POST', `/objects/${slug}/rules/check`, { body: rules ? { rules } : {} }),
  }
}

/** Saved views of an object's list. */
export function viewMethods({ request }: Http) {
  return {
    list: (slug: string) => request<View[]>('GET', `/objects/${slug}/views`),
    create: (slug: string, input: ViewInput) => request<View>('POST', `/objects/${slug}/views`, { body: input }),
    /** `version`: as it was seen; refused where somebody has changed the view since. */
    update: (slug: string, id: string, input: Partial<ViewInput>, version?: number) =>
      request<View>('PATCH', `/objects/${slug}/views/${id}`, { body: input, headers: ifMatch(version) }),
    remove: (slug: string, id: string) => request<void>('DELETE', `/objects/${slug}/views/${id}`),
    /** Those in the caller's navigation, of all objects. */
    pinned: () => request<PinnedView[]>('GET', '/views/pinned'),
    pin: (slug: string, id: string, pinned: boolean) =>
      request<View>('PUT', `/objects/${slug}/views/${id}/pin`, { body: { pinned } }),
    arrange: (slug: string, ids: string[]) => request<View[]>('PUT', `/objects/${slug}/views/order`, { body: { ids } }),
  }
}
