import { Checkbox, MultiSelect, NumberInput, SimpleGrid } from '@mantine/core'
import type { FieldRules, FileKind } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { fileKinds } from '../files/fieldLimits.ts'

interface FileLimitsProps {
  rules: FieldRules
  onChange: (rules: FieldRules) => void
}

const megabyte = 1024 ** 2

/** Which files a field takes, how many of them, and how large. */
export function FileLimits({ rules, onChange }: FileLimitsProps) {
  const { t } = useTranslation(['files', 'settings'])
  const set = (part: Partial<FieldRules>) => onChange({ ...rules, ...part })
  const number = (value: string | number, of = 1) => (value === '' ? undefined : Math.round(Number(value) * of))
  return (
    <>
      <Checkbox
        label={t('limits.several')}
        checked={rules.several ?? false}
        onChange={({ currentTarget }) =>
          set(
            currentTarget.checked
              ? { several: true }
              : { several: undefined, minItems: undefined, maxItems: undefined },
          )
        }
      />
      <MultiSelect
        label={t('limits.kinds')}
        placeholder={rules.kinds?.length ? undefined : t('limits.anyKind')}
        data={fileKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={rules.kinds ?? []}
        onChange={(kinds) => set({ kinds: kinds.length > 0 ? (kinds as FileKind[]) : undefined })}
      />
      <SimpleGrid cols={{ base: 1, xs: rules.several ? 3 : 1 }} spacing="sm">
        <NumberInput
          label={t('limits.maxSize')}
          min={0.1}
          decimalScale={1}
          value={rules.maxSize === undefined ? '' : rules.maxSize / megabyte}
          onChange={(value) => set({ maxSize: number(value, megabyte) })}
        />
        {rules.several &&
          (['minItems', 'maxItems'] as const).map((rule) => (
            <NumberInput
              key={rule}
              label={t(`settings:rule.${rule}`)}
              min={rule === 'minItems' ? 0 : 1}
              allowDecimal={false}
              value={rules[rule] ?? ''}
              onChange={(value) => set({ [rule]: number(value) })}
            />
          ))}
      </SimpleGrid>
    </>
  )
}
