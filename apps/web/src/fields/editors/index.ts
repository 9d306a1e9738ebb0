import type { FieldMeta, FieldType } from '@oneforge/client'
import type { ComponentType } from 'react'
import { loadWords } from '../../i18n/index.ts'
import { holdsRecurrence } from '../../recurrence/recurrenceField.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { AddressEditor } from './AddressEditor.tsx'
import { BooleanEditor } from './BooleanEditor.tsx'
import { ChecklistEditor } from './ChecklistEditor.tsx'
import { MultiSelectEditor, SelectEditor, TagsEditor } from './ChoiceEditors.tsx'
import { DateEditor, DateTimeEditor, TimeEditor } from './DateEditors.tsx'
import type { EditorProps } from './editorProps.ts'
import { FileEditor } from './FileEditor.tsx'
import { JsonEditor } from './JsonEditor.tsx'
import { DurationEditor, MoneyEditor, NumberEditor } from './NumberEditors.tsx'
import { RatingEditor } from './RatingEditor.tsx'
import { RelationEditor } from './RelationEditor.tsx'
import { RichTextEditor } from './RichTextEditor.tsx'
import { LongTextEditor, TextEditor } from './TextEditors.tsx'
import { UserEditor } from './UserEditor.tsx'

/** One editor per type; types that are missing are computed or numbered by the system and only shown. */
const editors: Partial<Record<FieldType, ComponentType<EditorProps>>> = {
  text: TextEditor,
  email: TextEditor,
  phone: TextEditor,
  url: TextEditor,
  longtext: LongTextEditor,
  richtext: RichTextEditor,
  number: NumberEditor,
  integer: NumberEditor,
  percent: NumberEditor,
  money: MoneyEditor,
  duration: DurationEditor,
  boolean: BooleanEditor,
  date: DateEditor,
  datetime: DateTimeEditor,
  time: TimeEditor,
  select: SelectEditor,
  multiselect: MultiSelectEditor,
  tags: TagsEditor,
  address: AddressEditor,
  user: UserEditor,
  relation: RelationEditor,
  file: FileEditor,
  rating: RatingEditor,
  checklist: ChecklistEditor,
  json: JsonEditor,
}

const RecurrenceEditor = onDemand(async () => {
  const [{ RecurrenceEditor: Editor }] = await Promise.all([
    import('../../recurrence/RecurrenceEditor.tsx'),
    loadWords('recurrence'),
  ])
  return Editor
})

export function editorOf(field: FieldMeta): ComponentType<EditorProps> | undefined {
  if (holdsRecurrence(field)) return RecurrenceEditor
  return editors[field.type]
}
