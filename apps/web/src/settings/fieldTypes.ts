/** What an administrator may choose from when adding a field, and what each kind of field can be told. */
import type { FieldRules, FieldType } from '@oneforge/client'
import {
  type Icon,
  IconAlignLeft,
  IconAt,
  IconBraces,
  IconCalendar,
  IconCalendarTime,
  IconCheckbox,
  IconChecklist,
  IconClock,
  IconCoin,
  IconHash,
  IconHourglass,
  IconLayersLinked,
  IconLetterT,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconMapPin,
  IconMathFunction,
  IconNumbers,
  IconPaperclip,
  IconPercentage,
  IconPhone,
  IconStar,
  IconSum,
  IconTags,
  IconTextSize,
  IconTopologyStar,
  IconUser,
} from '@tabler/icons-react'

export const typeGroups: { key: string; types: FieldType[] }[] = [
  { key: 'words', types: ['text', 'longtext', 'richtext'] },
  { key: 'choices', types: ['select', 'multiselect', 'tags', 'boolean', 'rating', 'checklist'] },
  { key: 'numbers', types: ['integer', 'number', 'money', 'percent'] },
  { key: 'times', types: ['date', 'datetime', 'time', 'duration'] },
  { key: 'reach', types: ['email', 'phone', 'url', 'address'] },
  { key: 'links', types: ['relation', 'user', 'file', 'json'] },
  { key: 'computed', types: ['formula', 'lookup', 'rollup', 'autonumber'] },
]

export const typeIcons: Partial<Record<FieldType, Icon>> = {
  text: IconLetterT,
  longtext: IconAlignLeft,
  richtext: IconTextSize,
  select: IconList,
  multiselect: IconListCheck,
  tags: IconTags,
  boolean: IconCheckbox,
  rating: IconStar,
  checklist: IconChecklist,
  integer: IconHash,
  number: IconNumbers,
  money: IconCoin,
  percent: IconPercentage,
  date: IconCalendar,
  datetime: IconCalendarTime,
  time: IconClock,
  duration: IconHourglass,
  email: IconAt,
  phone: IconPhone,
  url: IconLink,
  address: IconMapPin,
  relation: IconTopologyStar,
  user: IconUser,
  file: IconPaperclip,
  json: IconBraces,
  formula: IconMathFunction,
  lookup: IconLayersLinked,
  rollup: IconSum,
  autonumber: IconListNumbers,
}

export type NumberRule = 'minLength' | 'maxLength' | 'min' | 'max' | 'decimals' | 'minItems' | 'maxItems'

/** The limits that make sense for a type, each a number. */
export const numberRules: Partial<Record<FieldType, NumberRule[]>> = {
  text: ['minLength', 'maxLength'],
  longtext: ['minLength', 'maxLength'],
  number: ['min', 'max', 'decimals'],
  integer: ['min', 'max'],
  money: ['min', 'max'],
  percent: ['min', 'max'],
  duration: ['min', 'max'],
  multiselect: ['minItems', 'maxItems'],
  tags: ['minItems', 'maxItems'],
}

/** Limits on days: `today` or a date. */
export const dayRules: Partial<Record<FieldType, (keyof FieldRules & ('notBefore' | 'notAfter'))[]>> = {
  date: ['notBefore', 'notAfter'],
  datetime: ['notBefore', 'notAfter'],
}

export const typesWithOptions: FieldType[] = ['select', 'multiselect', 'tags']
export const typesWithPattern: FieldType[] = ['text']
export const typesThatCanBeUnique: FieldType[] = ['text', 'integer', 'number', 'email', 'phone', 'url']
export const typesThatCanBeUngrouped: FieldType[] = ['number', 'integer']
export const typesThatCanBeExclusive: FieldType[] = ['relation', 'user', 'select', 'text']
export const typesThatCanBeSearched: FieldType[] = [
  'text',
  'longtext',
  'email',
  'phone',
  'url',
  'select',
  'tags',
  'address',
  'date',
  'checklist',
]
export const typesThatCanBeSorted: FieldType[] = [
  'text',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'email',
  'phone',
  'user',
  'rating',
]
export const typesWithDefault: FieldType[] = [
  'text',
  'longtext',
  'number',
  'integer',
  'percent',
  'boolean',
  'select',
  'multiselect',
  'time',
  'duration',
  'rating',
]
