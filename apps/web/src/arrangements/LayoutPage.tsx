import { Anchor, Select, Skeleton, Stack, Switch, Text } from '@mantine/core'
import type { Layout, LayoutArrangement, ObjectMeta } from '@oneforge/client'
import { IconChevronLeft, IconFile } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useObject } from '../api/objects.ts'
import { paths } from '../paths.ts'
import { typeIcons } from '../settings/fieldTypes.ts'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { useLeaveGuard } from '../ui/useLeaveGuard.ts'
import { ArrangementEditor, ArrangementFrame } from './ArrangementEditor.tsx'
import { useLayout, useSetLayout } from './arrangements.ts'
import { type ItemRow, partsOf, type Row, rowsOf } from './rows.ts'

/** In which sections the fields of an object stand on forms and record pages. */
export function LayoutPage() {
  const { t } = useTranslation('arrangements')
  const { object: slug = '' } = useParams()
  const object = useObject(slug)
  const layout = useLayout(slug)
  const [role, setRole] = useState<string | null>(null)
  const failed = object.error ?? layout.error
  if (failed) return <PageError error={failed} />
  if (!object.data || !layout.data) return <Skeleton height={320} />
  const { labelPlural } = object.data
  return (
    <Stack gap="md" maw={760}>
      <title>{`${t('layout.title', { object: labelPlural })} · OneForge`}</title>
      <div>
        <Anchor component={Link} to={paths.settings(`objects/${slug}`)} size="sm" className={settings.back}>
          <IconChevronLeft size={14} aria-hidden />
          {labelPlural}
        </Anchor>
        <h2 className={settings.heading}>{t('layout.title', { object: labelPlural })}</h2>
        <Text size="sm" c="dimmed">
          {t('layout.explanation')}
        </Text>
      </div>
      <LayoutForm
        key={`${slug} ${role} ${layout.data.version}`}
        object={object.data}
        layout={layout.data}
        role={role}
        onRole={setRole}
      />
    </Stack>
  )
}

interface LayoutFormProps {
  object: ObjectMeta
  layout: Layout
  role: string | null
  onRole: (role: string | null) => void
}

const rowsFrom = ({ sections }: LayoutArrangement): Row[] =>
  rowsOf(sections.map(({ fields, label: _label, ...section }) => ({ ...section, items: fields })))

function LayoutForm({ object, layout, role, onRole }: LayoutFormProps) {
  const { t } = useTranslation('arrangements')
  const save = useSetLayout(object.slug, t('layout.saved'))
  const own = layout.roles.find((one) => one.role === role)
  const initial = () => rowsFrom((own ?? layout).arrangement)
  const [rows, setRows] = useState(initial)
  const [changed, setChanged] = useState(false)
  useLeaveGuard(changed, t('leave'))
  const change = (next: Row[], isChange = true) => {
    setRows(next)
    setChanged(isChange)
  }
  const fieldOf = ({ name }: ItemRow) => object.fields.find(({ key }) => key === name)
  const send = () => {
    const sections = partsOf(rows).map(({ key, labels, columns = 2, collapsed = false, items }) => ({
      ...{ key, label: labels, columns, collapsed, fields: items },
    }))
    save.mutate({ role, sections })
  }
  return (
    <ArrangementFrame
      own={layout.roles}
      role={role}
      onRole={onRole}
      custom={role ? own !== undefined : layout.arrangement.custom}
      changed={changed}
      saving={save.isPending}
      onSave={send}
      onDiscard={() => change(initial(), false)}
      onReset={() => save.mutate({ role, sections: null })}
    >
      <ArrangementEditor
        rows={rows}
        onChange={change}
        nameOf={(item) => fieldOf(item)?.label ?? item.name}
        itemIcon={(item) => <FieldIcon type={fieldOf(item)?.type} />}
        headingParts={({ columns = 2, collapsed = false }, set) => (
          <>
            <Select
              size="xs"
              w={116}
              allowDeselect={false}
              aria-label={t('layout.columns')}
              value={String(columns)}
              data={[
                { value: '1', label: t('layout.oneColumn') },
                { value: '2', label: t('layout.twoColumns') },
              ]}
              onChange={(next) => set({ columns: next === '1' ? 1 : 2 })}
            />
            <Switch
              size="xs"
              label={t('layout.collapsed')}
              checked={collapsed}
              onChange={(event) => set({ collapsed: event.currentTarget.checked })}
            />
          </>
        )}
      />
    </ArrangementFrame>
  )
}

function FieldIcon({ type }: { type: ObjectMeta['fields'][number]['type'] | undefined }) {
  const Known = (type && typeIcons[type]) ?? IconFile
  return <Known size={16} stroke={1.6} aria-hidden />
}
