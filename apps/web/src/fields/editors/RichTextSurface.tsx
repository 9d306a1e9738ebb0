import { Input } from '@mantine/core'
import { Link, RichTextEditor as Surface } from '@mantine/tiptap'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleNamed, shownHtml, storedHtml } from '../../notifications/mentionText.ts'
import { useMentionPlace, usePeople } from '../mentions.tsx'
import { type EditorProps, inputProps } from './editorProps.ts'
import { MentionControl } from './MentionControl.tsx'

/** Paragraphs, emphasis, lists and links: what a note needs, and nothing a page layout would. */
export default function RichTextSurface(props: EditorProps) {
  const { field, value, variant, onChange, onDone } = props
  // The editor keeps the handlers it was made with, so they reach the current ones through references.
  const done = useRef(onDone)
  const change = useRef(onChange)
  useEffect(() => {
    done.current = onDone
    change.current = onChange
  })
  const place = useMentionPlace()
  const people = usePeople()
  const stored = String(value ?? '')
  const named = useRef(peopleNamed(stored, people))
  const { t } = useTranslation('fields')
  const { autoFocus, 'data-autofocus': _mark, size: _size, ...wrapper } = inputProps(props)
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false, heading: false, codeBlock: false }), Link],
    content: shownHtml(stored, people),
    autofocus: autoFocus ? 'end' : false,
    editorProps: {
      attributes: { 'aria-label': field.label, role: 'textbox', 'aria-multiline': 'true' },
      // Ctrl+Enter would insert a line break here; everywhere else it saves.
      handleKeyDown: (_view, event) => {
        const saves = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
        if (saves && variant === 'cell') done.current()
        return saves
      },
    },
    onUpdate: ({ editor }) => change.current(editor.isEmpty ? null : storedHtml(editor.getHTML(), named.current)),
  })
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Surface editor={editor} labels={surfaceLabels(t)}>
        <Surface.Toolbar>
          <Surface.ControlsGroup>
            <Surface.Bold />
            <Surface.Italic />
            <Surface.Underline />
          </Surface.ControlsGroup>
          <Surface.ControlsGroup>
            <Surface.BulletList />
            <Surface.OrderedList />
          </Surface.ControlsGroup>
          <Surface.ControlsGroup>
            <Surface.Link />
            <Surface.Unlink />
          </Surface.ControlsGroup>
          {place && (
            <Surface.ControlsGroup>
              <MentionControl
                place={place}
                onPick={(person) => {
                  named.current.push(person)
                  editor?.chain().focus().insertContent(`@${person.name} `).run()
                }}
              />
            </Surface.ControlsGroup>
          )}
        </Surface.Toolbar>
        <Surface.Content />
      </Surface>
    </Input.Wrapper>
  )
}

function surfaceLabels(t: (key: string) => string) {
  return {
    boldControlLabel: t('richtext.bold'),
    italicControlLabel: t('richtext.italic'),
    underlineControlLabel: t('richtext.underline'),
    bulletListControlLabel: t('richtext.bulletList'),
    orderedListControlLabel: t('richtext.orderedList'),
    linkControlLabel: t('richtext.link'),
    unlinkControlLabel: t('richtext.unlink'),
    linkEditorInputLabel: t('richtext.linkAddress'),
    linkEditorInputPlaceholder: 'https://',
    linkEditorSave: t('richtext.linkSave'),
  }
}
