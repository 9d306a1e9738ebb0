import { SimpleGrid, Stack, Title } from '@mantine/core'
import type { FieldMeta, FieldType } from '@oneforge/client'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import type { Values } from './initialValues.ts'
import classes from './RecordFields.module.css'
import { sectionsOf } from './sections.ts'

interface RecordFieldsProps {
  fields: FieldMeta[]
  values: Values
  errors: Record<string, string>
  onChange: (key: string, value: unknown) => void
}

const wideTypes: FieldType[] = ['longtext', 'richtext', 'address', 'json', 'multiselect', 'tags']

/** A form begins where one types; focus on a date would lay its calendar over the form. */
const typedTypes: FieldType[] = ['text', 'email', 'phone', 'number', 'integer', 'money']

/** The inputs of a form under their section headings, two beside each other where there is room. */
export function RecordFields({ fields, values, errors, onChange }: RecordFieldsProps) {
  const sections = sectionsOf(fields)
  const first = sections.flatMap((section) => section.fields).find(({ type }) => typedTypes.includes(type))
  return (
    <Stack gap="xl">
      {sections.map((section) => (
        <section key={section.title ?? ''} aria-label={section.title ?? undefined}>
          {section.title && (
            <Title order={3} size="sm" mb="sm">
              {section.title}
            </Title>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
            {section.fields.map((field) => (
              <div key={field.key} className={isWide(field) ? classes.wide : classes.field} data-field={field.key}>
                <FieldEditor
                  field={field}
                  variant="form"
                  value={values[field.key] ?? null}
                  error={errors[field.key]}
                  autoFocus={field === first}
                  onChange={(value) => onChange(field.key, value)}
                />
              </div>
            ))}
          </SimpleGrid>
        </section>
      ))}
    </Stack>
  )
}

function isWide(field: FieldMeta): boolean {
  return wideTypes.includes(field.type) || Boolean(field.relation?.many)
}
