import { Input, SegmentedControl, Stack } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { plainField } from '../fields/plainField.ts'
import { FormulaEditor } from './FormulaEditor.tsx'
import type { FieldDraft } from './fieldDraft.ts'
import { typesWithDefault } from './fieldTypes.ts'
import { anyLabel } from './naming.ts'
import { optionInputs } from './optionDraft.ts'

interface DefaultPartProps {
  object: ObjectMeta
  draft: FieldDraft
  onChange: (part: Partial<FieldDraft>) => void
}

/** What new records have in the field: a value, or what a formula comes to when they are saved. */
export function DefaultPart({ object, draft, onChange }: DefaultPartProps) {
  const { t } = useTranslation(['settings', 'modelling'])
  const takesValue = typesWithDefault.includes(draft.type)
  const [how, setHow] = useState(draft.defaultFormula ? 'formula' : 'value')
  const label = t('settings:field.default')
  return (
    <Stack gap="xs">
      <Input.Wrapper label={label} labelElement="div">
        <SegmentedControl
          display="flex"
          size="xs"
          aria-label={label}
          value={how}
          data={[
            { value: 'value', label: takesValue ? t('modelling:default.value') : t('modelling:default.none') },
            { value: 'formula', label: t('modelling:default.formula') },
          ]}
          onChange={(next) => {
            setHow(next)
            if (next === 'value') onChange({ defaultFormula: '' })
          }}
        />
      </Input.Wrapper>
      {how === 'formula' ? (
        <FormulaEditor
          object={object}
          label={t('modelling:default.formula')}
          description={t('modelling:default.formulaHelp')}
          value={draft.defaultFormula}
          withoutResult
          onChange={(defaultFormula) => onChange({ defaultFormula })}
        />
      ) : (
        takesValue && (
          <FieldEditor
            variant="form"
            field={previewField(draft, t('modelling:default.value'))}
            value={draft.default}
            onChange={(value) => onChange({ default: value })}
          />
        )
      )}
    </Stack>
  )
}

/** The field as it will be, so that its default is typed into the very input that records will have. */
function previewField(draft: FieldDraft, label: string): FieldMeta {
  const options = optionInputs(draft.options)
    .map(({ value, color }, index) => ({ value, color, label: anyLabel(draft.options[index]?.labels ?? { en: '' }) }))
    .filter((option) => option.label !== '')
  return plainField('default', draft.type, label, { options, rules: draft.rules, currency: draft.currency || null })
}
