import { SegmentedControl, Tooltip } from '@mantine/core'
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dropDraft, keepDraft, readDraft } from '../api/drafts.ts'
import { useWorkspace } from '../api/workspace.ts'
import { WriteEmail } from '../mail/WriteEmail.tsx'
import { NoteComposer } from '../record/NoteComposer.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import classes from './activities.module.css'
import { type ActivityKind, keyOfKind, useActivityRelations } from './kinds.ts'

const ActivityForm = onDemand(async () => (await import('./ActivityForm.tsx')).ActivityForm)

type Kind = 'note' | ActivityKind

const order: ActivityKind[] = ['task', 'call', 'meeting', 'email']

interface ComposerProps {
  object: ObjectMeta
  record: RecordData
}

/** What is written down about a record: a note, a task, a call, a meeting or an e-mail, each a key away. */
export function Composer({ object, record }: ComposerProps) {
  const { t } = useTranslation('activities')
  const { permissions, user } = useWorkspace()
  const relations = useActivityRelations(object)
  const offered = order.flatMap((kind) =>
    relations
      .filter((one) => one.kind === kind && permissions.objects[one.relation.object]?.create)
      .map(({ relation }) => ({ kind, relation })),
  )
  const draft = `composer ${user.id} ${record.id}`
  const [kind, setKind] = useState<Kind>(() => readDraft<Kind>(draft) ?? 'note')
  const area = useRef<HTMLDivElement>(null)
  const shown = offered.find((one) => one.kind === kind)

  /** The kind that was begun stands there after a reload as well, with what was typed. */
  const choose = (next: Kind) => {
    setKind(next)
    if (next === 'note') dropDraft(draft)
    else keepDraft(draft, next)
  }
  const begin = (next: Kind) => () => {
    if (next !== 'note' && !offered.some((one) => one.kind === next)) return
    choose(next)
    requestAnimationFrame(() => area.current?.querySelector<HTMLElement>('textarea, input')?.focus())
  }
  useShortcuts({
    n: begin('note'),
    [keyOfKind.task]: begin('task'),
    [keyOfKind.call]: begin('call'),
    [keyOfKind.meeting]: begin('meeting'),
    [keyOfKind.email]: begin('email'),
  })

  return (
    <div className={classes.composer}>
      {offered.length > 0 && (
        <SegmentedControl
          size="xs"
          value={shown ? kind : 'note'}
          onChange={(next) => begin(next as Kind)()}
          aria-label={t('composer')}
          data={[
            { value: 'note', label: <Named name={t('note')} hotkey="n" /> },
            ...offered.map((one) => ({
              value: one.kind,
              label: <Named name={t(`kind.${one.kind}`)} hotkey={keyOfKind[one.kind]} />,
            })),
          ]}
        />
      )}
      {offered.some((one) => one.kind === 'email') && <WriteEmail slug={object.slug} id={record.id} />}
      <div ref={area}>
        {shown ? (
          <ActivityForm
            key={shown.kind}
            slug={shown.relation.object}
            relation={shown.relation}
            about={record}
            address={addressOf(object, record)}
            onDone={() => choose('note')}
          />
        ) : (
          <NoteComposer slug={object.slug} id={record.id} />
        )}
      </div>
    </div>
  )
}

/** Where the record is written to by e-mail. */
function addressOf({ roles }: ObjectMeta, record: RecordData): string | null {
  const address = roles.email && record[roles.email]
  return typeof address === 'string' && address !== '' ? address : null
}

function Named({ name, hotkey }: { name: string; hotkey: string }) {
  return (
    <Tooltip label={hotkey.toUpperCase()} openDelay={600}>
      <span>{name}</span>
    </Tooltip>
  )
}
