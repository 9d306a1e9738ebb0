import { ActionIcon, Button, Checkbox, Input, Select, TextInput } from '@mantine/core'
import type { FieldType } from '@oneforge/client'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { typesWithOptions } from './fieldTypes.ts'
import { readersFirst } from './LabelInputs.tsx'
import classes from './modelling.module.css'
import { anyLabel } from './naming.ts'
import { OptionsEditor } from './OptionsEditor.tsx'
import { type AttributeDraft, attributeTypes, newAttribute } from './relationDraft.ts'

interface LinkAttributesProps {
  attributes: AttributeDraft[]
  error: string | undefined
  onChange: (attributes: AttributeDraft[]) => void
}

/** What is said of each link: the role of a person at a company, from when to when. */
export function LinkAttributes({ attributes, error, onChange }: LinkAttributesProps) {
  const { t } = useTranslation('modelling')
  const change = (id: string, part: Partial<AttributeDraft>) =>
    onChange(attributes.map((attribute) => (attribute.id === id ? { ...attribute, ...part } : attribute)))
  return (
    <Input.Wrapper
      label={t('relation.attributes')}
      description={t('relation.attributesHelp')}
      labelElement="div"
      error={error}
    >
      <ul className={classes.rows}>
        {attributes.map((attribute) => (
          <li key={attribute.id} className={classes.card}>
            <AttributeRow
              attribute={attribute}
              onChange={(part) => change(attribute.id, part)}
              onRemove={() => onChange(attributes.filter(({ id }) => id !== attribute.id))}
            />
          </li>
        ))}
      </ul>
      <Button
        mt={6}
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...attributes, newAttribute()])}
      >
        {t('relation.addAttribute')}
      </Button>
    </Input.Wrapper>
  )
}

interface AttributeRowProps {
  attribute: AttributeDraft
  onChange: (part: Partial<AttributeDraft>) => void
  onRemove: () => void
}

function AttributeRow({ attribute, onChange, onRemove }: AttributeRowProps) {
  const { t, i18n } = useTranslation(['modelling', 'settings'])
  const name = anyLabel(attribute.labels)
  return (
    <>
      <div className={classes.cardHead}>
        {readersFirst(i18n.language).map(({ code, name: language }) => (
          <TextInput
            key={code}
            size="xs"
            flex={1}
            miw={0}
            placeholder={language}
            aria-label={t('relation.attributeName', { language })}
            value={attribute.labels[code] ?? ''}
            onChange={(event) => onChange({ labels: { ...attribute.labels, [code]: event.currentTarget.value } })}
          />
        ))}
        <Select
          size="xs"
          w={130}
          allowDeselect={false}
          // Links may hold values already: the type stays as it was made.
          disabled={attribute.key !== ''}
          aria-label={t('relation.attributeType', { name })}
          value={attribute.type}
          data={attributeTypes.map((type) => ({ value: type, label: t(`settings:type.${type}.name`) }))}
          onChange={(type) => type && onChange({ type: type as FieldType, options: [] })}
        />
        <ActionIcon size="sm" aria-label={t('relation.removeAttribute', { name })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {typesWithOptions.includes(attribute.type) && (
        <OptionsEditor options={attribute.options} onChange={(options) => onChange({ options })} />
      )}
      {attribute.type !== 'boolean' && (
        <Checkbox
          size="xs"
          label={t('relation.attributeRequired')}
          checked={attribute.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
