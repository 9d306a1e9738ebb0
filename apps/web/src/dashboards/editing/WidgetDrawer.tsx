import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Widget } from '@oneforge/client'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { useObject } from '../../api/objects.ts'
import { Drawer } from '../../ui/Drawer.tsx'
import { differs } from '../../ui/useCloseGuard.ts'
import type { BoardView } from '../boardAddress.ts'
import { usePreview } from '../dashboards.ts'
import { WidgetFrame } from '../WidgetFrame.tsx'
import { NothingHere } from '../widgets/NothingHere.tsx'
import classes from './Editing.module.css'
import { kindOf } from './kinds.ts'
import { WidgetForm } from './WidgetForm.tsx'

interface WidgetDrawerProps {
  widget: Widget
  isNew: boolean
  /** Of the board: the preview counts what the board will. */
  view: BoardView
  onDone: (widget: Widget) => void
  onClose: () => void
}

/** Typing asks for figures when it pauses, in milliseconds. */
const pause = 350
const low = ['metric', 'goal', 'text']

/** What a widget shows and how, with its figures as they will be. */
export function WidgetDrawer({ widget, isNew, view, onDone, onClose }: WidgetDrawerProps) {
  const { t } = useTranslation(['dashboards', 'app'])
  const [draft, setDraft] = useState(widget)
  const { data: object } = useObject(draft.object ?? '', Boolean(draft.object))
  const [asked] = useDebouncedValue(draft, pause)
  const preview = usePreview(
    useMemo(() => [asked], [asked]),
    view,
    true,
  )
  const answer = preview.data?.widgets.find(({ key, type }) => key === draft.key && type === draft.type)
  // The board around it asks already before the page is left.
  const close = () => {
    if (!differs(draft, widget) || window.confirm(t('app:closeUnsaved'))) onClose()
  }
  return (
    <Drawer opened onClose={close} position="right" size={560} title={t(`kind.${kindOf(draft)}`)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onDone({ ...draft, title: draft.title.trim() || t(`kind.${kindOf(draft)}`) })
        }}
      >
        <div className={classes.preview} data-low={low.includes(draft.type) || undefined}>
          {preview.error ? (
            <NothingHere text={errorText(preview.error)} />
          ) : (
            <WidgetFrame
              widget={draft}
              answer={answer}
              object={object}
              range={preview.data?.range ?? null}
              tools={<span />}
            />
          )}
        </div>
        <Stack gap="md">
          <TextInput
            label={t('form.title')}
            data-autofocus
            maxLength={120}
            value={draft.title}
            onChange={({ currentTarget }) => setDraft({ ...draft, title: currentTarget.value })}
          />
          <WidgetForm widget={draft} object={object} onChange={setDraft} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit">{t(isNew ? 'form.add' : 'form.done')}</Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
