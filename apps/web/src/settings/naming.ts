/** Names that people give, and the keys made of them. */
import type { LocalizedText } from '@oneforge/client'

/** snake_case made of a label: «Date of birth» is `date_of_birth`. A number is added while the key is taken. */
export function keyFrom(label: string, taken: readonly string[] = []): string {
  const words = label
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50)
  const base = /^[a-z]/.test(words) ? words : `field_${words}`.replace(/_$/, '')
  let key = base
  for (let number = 2; taken.includes(key); number += 1) key = `${base}_${number}`
  return key
}

/** Keys that no new field can have: every record has these attributes, and lists these parameters. */
export const systemKeys = [
  'id object version links title stage tenant_id object_id record_number owner_id location_id',
  'created_at created_by updated_at updated_by deleted_at',
  'page limit cursor sort fields search filter include deleted constructor',
].flatMap((names) => names.split(' '))

/** The name in whichever language was filled in first. */
export function anyLabel(labels: LocalizedText): string {
  return labels.en.trim() || Object.values(labels).find((label) => label.trim() !== '') || ''
}

/** English stands in for every other language, so it takes what was typed in another when it is empty. */
export function completed(labels: LocalizedText): LocalizedText {
  const filled = Object.entries(labels).filter(([, label]) => label.trim() !== '')
  return { ...Object.fromEntries(filled), en: anyLabel(labels) }
}
