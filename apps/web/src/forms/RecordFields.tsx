import { Group, Input, SimpleGrid, Stack } from '@mantine/core'
import type { FieldMeta, FieldType, LayoutSection } from '@oneforge/client'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { isEmptyValue } from '../fields/format.ts'
import { FieldSection } from './FieldSection.tsx'
import { isWorkedOut, type Values } from './initialValues.ts'
import classes from './RecordFields.module.css'
import { sectionsOf } from './sections.ts'

interface RecordFieldsProps {
  fields: FieldMeta[]
  /** In which sections they stand. */
  layout: LayoutSection[]
  /** Keys of fields that are shown and not typed into. */
  locked: ReadonlySet<string>
  values: Values
  errors: Record<string, string>
  onChange: (key: string, value: unknown) => void
}

const wideTypes: FieldType[] = ['longtext', 'richtext', 'address', 'json', 'multiselect', 'tags']

/** These are ticked, dragged or chosen by a pointer: a form does not begin there. */
const untypedTypes: FieldType[] = ['boolean', 'rating', 'file', 'checklist']

const below: ('label' | 'input' | 'description')[] = ['label', 'input', 'description']

/** The inputs of a form in their sections, beside each other where the layout says so and there is room. */
export function RecordFields({ fields, layout, locked, values, errors, onChange }: RecordFieldsProps) {
  const { t } = useTranslation('record')
  const sections = sectionsOf(fields, layout)
  const withExplanation = (field: FieldMeta) =>
    isWorkedOut(field) ? { ...field, help: field.help ?? t('create.workedOut') } : field
  // Found once: what is filled in later, or shown later, does not draw the focus.
  const [first] = useState(() =>
    sections
      .filter(({ collapsed }) => !collapsed)
      .flatMap((section) => section.fields)
      .find(({ key, type }) => !locked.has(key) && !untypedTypes.includes(type) && isEmptyValue(values[key])),
  )
  return (
    <Stack gap="xl">
      {sections.map((section) => (
        <FieldSection
          key={section.key}
          section={section}
          order={3}
          held={section.fields.some(({ key, required }) => required || errors[key] !== undefined)}
        >
          <SimpleGrid cols={{ base: 1, sm: section.columns }} spacing="md" verticalSpacing="md">
            {section.fields.map((field) => (
              <div key={field.key} className={isWide(field) ? classes.wide : classes.field} data-field={field.key}>
                {locked.has(field.key) ? (
                  <LockedField field={field} value={values[field.key] ?? null} />
                ) : (
                  <FieldEditor
                    field={withExplanation(field)}
                    variant="form"
                    value={values[field.key] ?? null}
                    error={errors[field.key]}
                    autoFocus={field.key === first?.key}
                    onChange={(value) => onChange(field.key, value)}
                  />
                )}
              </div>
            ))}
          </SimpleGrid>
        </FieldSection>
      ))}
    </Stack>
  )
}

function isWide(field: FieldMeta): boolean {
  return wideTypes.includes(field.type) || Boolean(field.relation?.many)
}

/** What it holds, with a lock that says that it stays so. */
function LockedField({ field, value }: { field: FieldMeta; value: unknown }) {
  const { t } = useTranslation('record')
  return (
    <Input.Wrapper label={field.label} labelElement="div" description={t('create.locked')} inputWrapperOrder={below}>
      <Group gap={6} mih={36} wrap="nowrap">
        <IconLock size={13} aria-hidden />
        {isEmptyValue(value) ? '–' : <FieldValue field={field} value={value} />}
      </Group>
    </Input.Wrapper>
  )
}
