import { ActionIcon, Skeleton, Stack, Text } from '@mantine/core'
import type { Navigation, NavigationArrangement } from '@oneforge/client'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { IconPicker } from '../settings/IconPicker.tsx'
import settings from '../settings/settings.module.css'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { PageError } from '../ui/PageError.tsx'
import { useLeaveGuard } from '../ui/useLeaveGuard.ts'
import { ArrangementEditor, ArrangementFrame } from './ArrangementEditor.tsx'
import { useNavigation, useSetNavigation } from './arrangements.ts'
import { type ItemRow, partsOf, type Row, rowsOf } from './rows.ts'

/** The sidebar: groups with their icons, the order of the objects, and which of them stay out of it. */
export function NavigationPage() {
  const { t } = useTranslation('arrangements')
  return (
    <Stack gap="md" maw={760}>
      <title>{`${t('navigation.title')} · OneForge`}</title>
      <div>
        <h2 className={settings.heading}>{t('navigation.title')}</h2>
        <Text size="sm" c="dimmed">
          {t('navigation.explanation')}
        </Text>
      </div>
      <NavigationLoader />
    </Stack>
  )
}

function NavigationLoader() {
  const { data, isError, error } = useNavigation()
  const [role, setRole] = useState<string | null>(null)
  if (isError) return <PageError error={error} />
  if (!data) return <Skeleton height={320} />
  return <NavigationForm key={`${role} ${data.version}`} navigation={data} role={role} onRole={setRole} />
}

interface NavigationFormProps {
  navigation: Navigation
  role: string | null
  onRole: (role: string | null) => void
}

interface Draft {
  rows: Row[]
  hidden: string[]
}

const draftOf = ({ groups, hidden }: NavigationArrangement): Draft => ({
  // Hidden objects stand at the end, where they can be brought back.
  rows: rowsOf([...groups.map(({ objects, label: _label, ...group }) => ({ ...group, items: objects }))]).concat(
    hidden.map((name) => ({ kind: 'item', id: `item ${name}`, name })),
  ),
  hidden,
})

function NavigationForm({ navigation, role, onRole }: NavigationFormProps) {
  const { t } = useTranslation('arrangements')
  const { objects } = useWorkspace()
  const save = useSetNavigation(t('navigation.saved'))
  const own = navigation.roles.find((one) => one.role === role)
  const [draft, setDraft] = useState(() => draftOf((own ?? navigation).arrangement))
  const [changed, setChanged] = useState(false)
  useLeaveGuard(changed, t('leave'))
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    setChanged(true)
  }
  const objectOf = ({ name }: ItemRow) => objects.find(({ slug }) => slug === name)
  const nameOf = (item: ItemRow) => objectOf(item)?.labelPlural ?? item.name
  const send = () => {
    const groups = partsOf(draft.rows).map(({ key, labels, icon, items }) => ({
      key,
      label: labels,
      icon: icon ?? null,
      objects: items.filter((name) => !draft.hidden.includes(name)),
    }))
    save.mutate({ role, groups, hidden: draft.hidden })
  }
  const discard = () => {
    setDraft(draftOf((own ?? navigation).arrangement))
    setChanged(false)
  }
  return (
    <ArrangementFrame
      own={navigation.roles}
      role={role}
      onRole={onRole}
      custom={role ? own !== undefined : navigation.arrangement.custom}
      changed={changed}
      saving={save.isPending}
      onSave={send}
      onDiscard={discard}
      onReset={() => save.mutate({ role, groups: null })}
    >
      <ArrangementEditor
        rows={draft.rows}
        onChange={(rows) => change({ rows })}
        nameOf={nameOf}
        itemIcon={(item) => <ObjectIcon name={objectOf(item)?.icon ?? 'box'} />}
        isHidden={({ name }) => draft.hidden.includes(name)}
        itemSwitch={({ name, ...item }) => {
          const isHidden = draft.hidden.includes(name)
          const hidden = isHidden ? draft.hidden.filter((one) => one !== name) : [...draft.hidden, name]
          return (
            <ActionIcon
              size="sm"
              aria-pressed={isHidden}
              aria-label={t('navigation.hide', { object: nameOf({ name, ...item }) })}
              onClick={() => change({ hidden })}
            >
              {isHidden ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            </ActionIcon>
          )
        }}
        headingParts={({ icon }, set) => (
          <IconPicker value={icon ?? 'folder'} onChange={(next) => set({ icon: next })} />
        )}
      />
    </ArrangementFrame>
  )
}
