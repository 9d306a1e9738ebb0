import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Role, RoleRules } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useMayAdmin } from '../api/workspace.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { showToast } from '../ui/toast.tsx'
import { useLeaveGuard } from '../ui/useLeaveGuard.ts'
import { AdminPermissions } from './AdminPermissions.tsx'
import classes from './access.module.css'
import { changedParts, changesBetween } from './grants.ts'
import { RelationLimits } from './RelationLimits.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { RoleActions } from './RoleActions.tsx'
import { RoleMatrix } from './RoleMatrix.tsx'
import { useRole, useRolePreview, useSaveRole } from './rights.ts'
import { ScopeLegend } from './ScopeLegend.tsx'

/** One role: what its members may do, object by object, and what they may administer. */
export function RolePage() {
  const { role: key = '' } = useParams()
  const { data: role, error } = useRole(key)
  if (error) return <PageError error={error} />
  if (!role) return <Skeleton height={320} />
  // A fresh draft whenever the saved role is another one.
  return <RoleEditor key={`${role.key} ${JSON.stringify(rulesOf(role))}`} role={role} />
}

function rulesOf({ objects, admin, depth, forbiddenPaths }: Role): RoleRules {
  return { objects, admin, depth, forbiddenPaths }
}

function RoleEditor({ role }: { role: Role }) {
  const { t } = useTranslation('access')
  const mayChange = useMayAdmin('roles')
  const saved = rulesOf(role)
  const [draft, setDraft] = useState(saved)
  const [reviewing, setReviewing] = useState(false)
  const changes = changesBetween(saved, draft)
  const change = (part: Partial<RoleRules>) => setDraft({ ...draft, ...part })
  const onChange = mayChange ? change : undefined
  useLeaveGuard(changes.length > 0, t('role.leave'))
  return (
    <Stack gap="lg">
      <title>{`${role.label} · OneForge`}</title>
      <div>
        <Anchor component={Link} to={paths.settings('roles')} size="sm" c="dimmed" className={classes.back}>
          <IconArrowLeft size={14} aria-hidden />
          {t('roles.title')}
        </Anchor>
        <Group justify="space-between" wrap="nowrap" align="flex-start" mt={6}>
          <div>
            <h2 className={classes.heading}>{role.label}</h2>
            <Text size="sm" c="dimmed">
              {role.description ?? t('role.noDescription')} · {t('role.members', { count: role.members })}
            </Text>
          </div>
          {mayChange && <RoleActions role={role} />}
        </Group>
      </div>
      <section>
        <Group justify="space-between" mb={8} gap="xs">
          <Group gap={4}>
            <h3 className={classes.subheading}>{t('role.records')}</h3>
            <HelpButton topic="rights" />
          </Group>
          <ScopeLegend />
        </Group>
        <RoleMatrix
          label={t('matrix.label', { role: role.label })}
          saved={saved.objects}
          objects={draft.objects}
          onChange={onChange && ((objects) => onChange({ objects }))}
        />
        {mayChange && (
          <Text size="xs" c="dimmed" mt={6}>
            {t('matrix.keys')}
          </Text>
        )}
      </section>
      <AdminPermissions admin={draft.admin} onChange={onChange && ((admin) => onChange({ admin }))} />
      <RelationLimits rules={draft} onChange={onChange} />
      {changes.length > 0 && (
        <SaveBar count={changes.length} onDiscard={() => setDraft(saved)} onSave={() => setReviewing(true)} />
      )}
      {reviewing && <Review role={role} change={changedParts(saved, draft)} onClose={() => setReviewing(false)} />}
    </Stack>
  )
}

function SaveBar({ count, onDiscard, onSave }: { count: number; onDiscard: () => void; onSave: () => void }) {
  const { t } = useTranslation('access')
  return (
    <div className={classes.saveBar} role="status">
      <Text size="sm">{t('role.changes', { count })}</Text>
      <Group gap="xs" wrap="nowrap">
        <Button size="sm" variant="default" onClick={onDiscard}>
          {t('role.discard')}
        </Button>
        <Button size="sm" onClick={onSave}>
          {t('role.review')}
        </Button>
      </Group>
    </div>
  )
}

function Review({ role, change, onClose }: { role: Role; change: Partial<RoleRules>; onClose: () => void }) {
  const { t } = useTranslation('access')
  const preview = useRolePreview(role.key, change, true)
  const save = useSaveRole(role)
  // The page starts afresh with the saved role, so nothing may wait in this dialog for its answer.
  const saveAndTell = () =>
    save.mutateAsync(change).then(
      () => {
        onClose()
        showToast({ message: t('role.saved', { role: role.label }) })
      },
      // Shown in the dialog.
      () => undefined,
    )
  return (
    <ReviewDialog
      title={t('review.role', { role: role.label })}
      preview={preview}
      saving={save}
      onSave={() => void saveAndTell()}
      onClose={onClose}
    />
  )
}
