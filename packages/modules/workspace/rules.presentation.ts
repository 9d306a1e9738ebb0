/** Conditions, rules, unique keys and numbers as the API shows them, so that a page can follow them. */
import { type CompiledNumbering, type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { seenRules, seenUniqueKeys } from '@oneforge/kernel/records'

type Viewer = Pick<OperationContext, 'model' | 'policy' | 'locale'>

export const presentNumbering = ({ pattern, restart, perLocation }: CompiledNumbering): object => ({
  pattern,
  restart,
  perLocation,
})

/** What holds for an object's records as a whole. */
export const presentRules = (viewer: Viewer, object: CompiledObject): object => ({
  numbering: presentNumbering(object.numbering),
  rules: seenRules(viewer, object).map(({ key, message, when, check, field, active }) => ({
    key,
    message: inLocale(message, viewer.locale),
    messages: message,
    when: when ?? null,
    check,
    field: field ?? null,
    active: active ?? true,
  })),
  uniqueKeys: seenUniqueKeys(viewer, object).map(({ id: _id, keyId: _keyId, filledBy, label, ...key }) => ({
    ...key,
    computing: filledBy !== undefined,
    jobId: filledBy ?? null,
    label: label ? inLocale(label, viewer.locale) : null,
    labels: label ?? null,
  })),
})
