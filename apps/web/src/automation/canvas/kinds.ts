/** How each kind of step and trigger is drawn, and under which heading it is offered. */
import {
  type Icon,
  IconArrowsSplit2,
  IconBell,
  IconBolt,
  IconCalendarEvent,
  IconCalendarTime,
  IconCheckbox,
  IconClock,
  IconClockPause,
  IconClockPlay,
  IconCloudUpload,
  IconFilePlus,
  IconForms,
  IconGitBranch,
  IconHandStop,
  IconLink,
  IconLinkOff,
  IconMail,
  IconMessage,
  IconNote,
  IconPencil,
  IconPlayerPlay,
  IconPointer,
  IconProgressCheck,
  IconRepeat,
  IconRoute,
  IconShieldX,
  IconSparkles,
  IconStairs,
  IconSubtask,
  IconTrash,
  IconUserCheck,
  IconUserQuestion,
  IconVariable,
  IconWebhook,
} from '@tabler/icons-react'
import type { StepType, Trigger } from '../flow/flow.ts'

export const groups = ['messages', 'work', 'records', 'flow', 'waits', 'outside', 'saving'] as const
export type KindGroup = (typeof groups)[number]

interface Kind {
  icon: Icon
  group: KindGroup
}

export const kinds: Record<StepType, Kind> = {
  send_email: { icon: IconMail, group: 'messages' },
  send_sms: { icon: IconMessage, group: 'messages' },
  notify: { icon: IconBell, group: 'messages' },
  create_task: { icon: IconCheckbox, group: 'work' },
  create_event: { icon: IconCalendarEvent, group: 'work' },
  create_note: { icon: IconNote, group: 'work' },
  assign: { icon: IconUserCheck, group: 'work' },
  approval: { icon: IconUserQuestion, group: 'work' },
  create_record: { icon: IconFilePlus, group: 'records' },
  update_field: { icon: IconPencil, group: 'records' },
  update_record: { icon: IconForms, group: 'records' },
  delete_record: { icon: IconTrash, group: 'records' },
  link_records: { icon: IconLink, group: 'records' },
  unlink_records: { icon: IconLinkOff, group: 'records' },
  if: { icon: IconGitBranch, group: 'flow' },
  switch: { icon: IconArrowsSplit2, group: 'flow' },
  loop: { icon: IconRepeat, group: 'flow' },
  parallel: { icon: IconSubtask, group: 'flow' },
  run_workflow: { icon: IconPlayerPlay, group: 'flow' },
  stop: { icon: IconHandStop, group: 'flow' },
  wait: { icon: IconClockPause, group: 'waits' },
  wait_until: { icon: IconCalendarTime, group: 'waits' },
  wait_event: { icon: IconClockPlay, group: 'waits' },
  webhook: { icon: IconWebhook, group: 'outside' },
  call_operation: { icon: IconRoute, group: 'outside' },
  ask_ai: { icon: IconSparkles, group: 'outside' },
  set_variable: { icon: IconVariable, group: 'outside' },
  set_value: { icon: IconPencil, group: 'saving' },
  refuse: { icon: IconShieldX, group: 'saving' },
}

export const triggerIcons: Record<Trigger['type'], Icon> = {
  record_created: IconFilePlus,
  record_updated: IconPencil,
  field_changed: IconPencil,
  stage_changed: IconStairs,
  record_linked: IconLink,
  record_deleted: IconTrash,
  date_relative: IconCalendarTime,
  schedule: IconClock,
  form_submitted: IconForms,
  webhook_received: IconCloudUpload,
  message_received: IconMail,
  button: IconPointer,
  called: IconProgressCheck,
}

export const anyTriggerIcon = IconBolt
