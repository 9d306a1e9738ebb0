/** Which types a field may be given, told as the server does it. */
import type { FieldType } from '@oneforge/client'
import { typeGroups } from './fieldTypes.ts'

const texts: FieldType[] = ['text', 'longtext', 'richtext']
const numbers: FieldType[] = ['number', 'integer', 'percent', 'rating', 'duration', 'money']
const choices: FieldType[] = ['select', 'multiselect', 'tags']
const days: FieldType[] = ['date', 'datetime']
const readable: FieldType[] = [
  ...texts,
  ...numbers,
  ...choices,
  ...days,
  'email',
  'phone',
  'url',
  'time',
  'boolean',
  'checklist',
]
/** They become words, but words do not become them. */
const oneWay: FieldType[] = ['address', 'user', 'json']

/** The types that values of this one can mean something in, as they are offered; none for what is computed or linked. */
export function typesFrom(from: FieldType): FieldType[] {
  if (![...readable, ...oneWay].includes(from)) return []
  const family = texts.includes(from)
    ? readable
    : [...texts, ...([numbers, choices, days].find((types) => types.includes(from)) ?? [])]
  const all: FieldType[] = from === 'boolean' ? [...family, 'select'] : family
  return typeGroups.flatMap(({ types }) => types).filter((type) => type !== from && all.includes(type))
}
