/** A small workspace with relations of every kind: many and one, to oneself, to several objects, with attributes. */
import type { ApiClient, Json } from '../client.ts'

const text = (key: string) => ({ key, label: key, type: 'text' })
const relation = (key: string, target: object, more: object = {}) => ({
  key,
  label: key,
  type: 'relation',
  relation: target,
  ...more,
})
const inverse = (key: string, many = true) => ({ key, label: key, many })

const objects = [
  {
    slug: 'companies',
    fields: [
      text('name'),
      { key: 'industry', label: 'Industry', type: 'select', options: ['Retail', 'Mining'] },
      { key: 'revenue', label: 'Revenue', type: 'money' },
      { key: 'founded_on', label: 'Founded', type: 'date' },
      relation('owner_company', { object: 'companies', inverse: inverse('subsidiaries') }),
    ],
  },
  {
    slug: 'people',
    fields: [
      text('name'),
      relation('companies', {
        object: 'companies',
        many: true,
        inverse: inverse('people'),
        primary: true,
        attributes: [
          { key: 'role', label: { en: 'Role', es: 'Función' }, type: 'select', options: ['owner', 'staff'] },
          { key: 'since', label: 'Since', type: 'date' },
          { key: 'hours', label: 'Hours', type: 'integer', rules: { min: 1, max: 60 } },
        ],
      }),
      relation('reports_to', { object: 'people', inverse: inverse('reports') }),
      relation('badge', { object: 'badges', inverse: inverse('holder', false) }),
    ],
  },
  { slug: 'badges', fields: [text('code')] },
  {
    slug: 'remarks',
    fields: [
      text('name'),
      relation('about', { object: 'people', others: ['companies'], inverse: inverse('remarks'), onDelete: 'cascade' }),
    ],
  },
  {
    slug: 'deals',
    fields: [
      text('name'),
      { key: 'amount', label: 'Amount', type: 'money' },
      relation('company', { object: 'companies', inverse: inverse('deals'), onDelete: 'cascade' }, { required: true }),
    ],
  },
]

/** Badges come before people, who point at them. */
const inOrder = ['companies', 'badges', 'people', 'remarks', 'deals']

export async function makeObjects(client: ApiClient): Promise<void> {
  for (const slug of inOrder) {
    const object = objects.find((one) => one.slug === slug)!
    await client.post('/objects', { ...object, label: slug, labelPlural: slug })
  }
}

export const idsOf = (records: Json): string[] => ((records ?? []) as Json[]).map((record) => record.id)
