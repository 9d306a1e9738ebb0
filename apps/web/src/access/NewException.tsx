import { Alert, Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import type { ExceptionInput, FieldAccess, ObjectAction, Scope } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useObject } from '../api/objects.ts'
import { useWorkspace } from '../api/workspace.ts'
import { Modal } from '../ui/Modal.tsx'
import { Select } from '../ui/Select.tsx'
import { actions, scopes } from './grants.ts'
import { useAddException, useVocabulary } from './rights.ts'

type Kind = ExceptionInput['kind']

interface Draft {
  kind: Kind
  effect: 'grant' | 'deny'
  object: string
  action: ObjectAction
  scope: Scope
  field: string
  access: FieldAccess
  relation: string
  permission: string
  reason: string
}

/** Grants one thing to a person, or denies it, beside the roles. */
export function NewException({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  const add = useAddException(userId)
  const [draft, setDraft] = useState<Draft>({
    kind: 'action',
    effect: 'grant',
    object: objects[0]?.slug ?? '',
    action: 'read',
    scope: 'all',
    field: '',
    access: 'read',
    relation: '',
    permission: '',
    reason: '',
  })
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const input = inputOf(draft)
  return (
    <Modal opened onClose={onClose} title={t('exception.add')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (input) add.mutate(input, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <SegmentedControl
            aria-label={t('exception.effect')}
            value={draft.effect}
            onChange={(effect) => set({ effect: effect as Draft['effect'] })}
            data={(['grant', 'deny'] as const).map((value) => ({ value, label: t(`exception.${value}`) }))}
          />
          <Select
            label={t('exception.kind')}
            allowDeselect={false}
            value={draft.kind}
            onChange={(kind) => set({ kind: kind as Kind })}
            data={(['action', 'field', 'relation', 'admin'] as const).map((value) => ({
              value,
              label: t(`exception.kinds.${value}`),
            }))}
          />
          {draft.kind !== 'admin' && (
            <Select
              label={t('matrix.object')}
              allowDeselect={false}
              searchable
              value={draft.object}
              onChange={(object) => set({ object: object ?? '', field: '', relation: '' })}
              data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
            />
          )}
          <RuleInputs draft={draft} set={set} />
          <TextInput
            label={t('exception.reason')}
            description={t('exception.reasonHelp')}
            value={draft.reason}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
          {add.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(add.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" disabled={!input} loading={add.isPending}>
              {t('exception.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** The request, once everything that its kind needs has been chosen. */
function inputOf(draft: Draft): ExceptionInput | undefined {
  const { kind, effect, object, action, scope, field, access, relation, permission } = draft
  const beside = { effect, reason: draft.reason.trim() || null }
  if (kind === 'action') return { ...beside, kind, object, action, scope }
  if (kind === 'field') return field ? { ...beside, kind, object, field, access } : undefined
  if (kind === 'relation') return relation ? { ...beside, kind, object, relation } : undefined
  return permission ? { ...beside, kind, permission } : undefined
}

function RuleInputs({ draft, set }: { draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation('access')
  const { data: object } = useObject(draft.object, draft.object !== '')
  const { data: vocabulary } = useVocabulary()
  // What a denial leaves: nothing can be taken away by leaving everything.
  const accesses: FieldAccess[] = draft.effect === 'grant' ? ['read', 'write'] : ['hidden', 'read']
  if (draft.kind === 'admin') {
    return (
      <Select
        label={t('exception.permission')}
        value={draft.permission || null}
        onChange={(permission) => set({ permission: permission ?? '' })}
        data={vocabulary?.admin.map(({ key, label }) => ({ value: key, label })) ?? []}
      />
    )
  }
  if (draft.kind === 'relation') {
    return (
      <Select
        label={t('exception.relation')}
        value={draft.relation || null}
        onChange={(relation) => set({ relation: relation ?? '' })}
        data={object?.relations.map(({ key, label }) => ({ value: key, label })) ?? []}
      />
    )
  }
  if (draft.kind === 'field') {
    return (
      <Group grow align="flex-end">
        <Select
          label={t('exception.field')}
          searchable
          value={draft.field || null}
          onChange={(field) => set({ field: field ?? '' })}
          data={object?.fields.map(({ key, label }) => ({ value: key, label })) ?? []}
        />
        <Select
          label={t(draft.effect === 'grant' ? 'exception.atLeast' : 'exception.atMost')}
          allowDeselect={false}
          value={accesses.includes(draft.access) ? draft.access : 'read'}
          onChange={(access) => set({ access: access as FieldAccess })}
          data={accesses.map((value) => ({ value, label: t(`fieldAccess.${value}`) }))}
        />
      </Group>
    )
  }
  return (
    <Group grow align="flex-end">
      <Select
        label={t('exception.action')}
        allowDeselect={false}
        value={draft.action}
        onChange={(action) => set({ action: action as ObjectAction })}
        data={actions.map((value) => ({ value, label: t(`action.${value}`) }))}
      />
      <Select
        label={t('exception.scope')}
        allowDeselect={false}
        value={draft.scope}
        onChange={(scope) => set({ scope: scope as Scope })}
        data={scopes.flatMap((value) => (value ? [{ value, label: t(`scope.${value}.long`) }] : []))}
      />
    </Group>
  )
}
