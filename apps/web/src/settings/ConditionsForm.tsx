import { ActionIcon, Button, Group, MultiSelect, Stack, Text } from '@mantine/core'
import type { FieldConditions, FieldType, Filter, ObjectMeta } from '@oneforge/client'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { HelpButton } from '../help/HelpButton.tsx'
import { FilterBox, FilterSwitch } from './FilterSwitch.tsx'
import classes from './modelling.module.css'

interface ConditionsFormProps {
  object: ObjectMeta
  type: FieldType
  /** Of the field itself, on whose own value it does not depend; none for a new one. */
  fieldKey: string | undefined
  /** What can be chosen, for limits of the options. */
  options: { value: string; label: string }[]
  conditions: FieldConditions
  onChange: (conditions: FieldConditions) => void
}

/** Over how many relations the server looks for a condition. */
const farthest = 1

/** When the field is shown, needed, locked, and which of its options may be chosen then. */
export function ConditionsForm({ object, type, fieldKey, options, conditions, onChange }: ConditionsFormProps) {
  const { t } = useTranslation('modelling')
  const names = Object.values(object.roles).includes(fieldKey ?? '')
  const parts = (['visible', 'required', 'readOnly'] as const).filter(
    (part) =>
      !(part === 'visible' && names && isNeverHidden(object, fieldKey)) && !(part === 'required' && type === 'boolean'),
  )
  const takesOptions = (type === 'select' || type === 'multiselect') && options.length > 0
  return (
    <section className={classes.part} aria-label={t('conditions.title')}>
      <Group gap={4}>
        <h3 className={classes.partTitle}>{t('conditions.title')}</h3>
        <HelpButton topic="conditions" />
      </Group>
      <Text size="xs" c="dimmed" mb="sm">
        {t('conditions.explanation')}
      </Text>
      <Stack gap="md">
        {parts.map((part) => (
          <FilterSwitch
            key={part}
            label={t(`conditions.${part}`)}
            description={t(`conditions.${part}Help`)}
            object={object}
            hops={farthest}
            ownOnly
            without={part === 'visible' ? fieldKey : undefined}
            filter={(conditions[part] as Filter | undefined) ?? null}
            onChange={(filter) => onChange({ ...conditions, [part]: filter ?? undefined })}
          />
        ))}
        {takesOptions && (
          <OptionLimits
            object={object}
            fieldKey={fieldKey}
            options={options}
            limits={conditions.options ?? []}
            onChange={(limits) => onChange({ ...conditions, options: limits })}
          />
        )}
      </Stack>
    </section>
  )
}

/** A record is always called something and always stands somewhere. */
function isNeverHidden(object: ObjectMeta, key: string | undefined): boolean {
  return key !== undefined && (object.roles.title === key || object.roles.stage === key)
}

type Limit = NonNullable<FieldConditions['options']>[number]

interface OptionLimitsProps extends Pick<ConditionsFormProps, 'object' | 'fieldKey' | 'options'> {
  limits: Limit[]
  onChange: (limits: Limit[]) => void
}

/** «While country is France, only …»: the first that holds counts. */
function OptionLimits({ object, fieldKey, options, limits, onChange }: OptionLimitsProps) {
  const { t } = useTranslation('modelling')
  const id = useId()
  const change = (at: number, part: Partial<Limit>) =>
    onChange(limits.map((limit, index) => (index === at ? { ...limit, ...part } : limit)))
  return (
    <div>
      <Text size="sm" fw={500} id={id}>
        {t('conditions.options')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('conditions.optionsHelp')}
      </Text>
      <ul className={classes.rows} aria-labelledby={id}>
        {limits.map((limit, at) => (
          <li key={at} className={classes.card}>
            <div className={classes.cardHead}>
              <div className={classes.grow}>
                <FilterBox
                  label={t('conditions.while')}
                  object={object}
                  hops={farthest}
                  ownOnly
                  without={fieldKey}
                  filter={(limit.when as Filter | undefined) ?? null}
                  onChange={(when) => change(at, { when: when ?? undefined })}
                />
              </div>
              <ActionIcon
                size="sm"
                aria-label={t('conditions.removeLimit')}
                onClick={() => onChange(limits.filter((_, index) => index !== at))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <MultiSelect
              size="xs"
              label={t('conditions.only')}
              data={options}
              value={limit.values}
              onChange={(values) => change(at, { values })}
            />
          </li>
        ))}
      </ul>
      <Button
        mt={6}
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...limits, { values: [] }])}
      >
        {t('conditions.addLimit')}
      </Button>
    </div>
  )
}
