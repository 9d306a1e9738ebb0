import { Link, RichTextEditor as Surface } from '@mantine/tiptap'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './mail.module.css'

export interface MailTextProps {
  label: string
  value: string
  onChange: (html: string) => void
  /** Told of what merge fields are put in by, when the text has the focus. */
  onFocus?: (insert: (text: string) => void) => void
}

/** Paragraphs, emphasis, lists and links, with merge fields as they are written. */
export default function MailTextSurface({ label, value, onChange, onFocus }: MailTextProps) {
  const { t } = useTranslation('fields')
  // The editor keeps the handlers it was made with, so they reach the current ones through references.
  const change = useRef(onChange)
  const focus = useRef(onFocus)
  useEffect(() => {
    change.current = onChange
    focus.current = onFocus
  })
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false, heading: false, codeBlock: false }), Link],
    content: value,
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' } },
    onUpdate: ({ editor }) => change.current(editor.isEmpty ? '' : editor.getHTML()),
    onFocus: ({ editor }) => focus.current?.((text) => editor.chain().focus().insertContent(text).run()),
  })
  return (
    <Surface
      className={classes.surface}
      editor={editor}
      labels={{
        boldControlLabel: t('richtext.bold'),
        italicControlLabel: t('richtext.italic'),
        bulletListControlLabel: t('richtext.bulletList'),
        orderedListControlLabel: t('richtext.orderedList'),
        linkControlLabel: t('richtext.link'),
        unlinkControlLabel: t('richtext.unlink'),
        linkEditorInputLabel: t('richtext.linkAddress'),
        linkEditorInputPlaceholder: 'https://',
        linkEditorSave: t('richtext.linkSave'),
      }}
    >
      <Surface.Toolbar>
        <Surface.ControlsGroup>
          <Surface.Bold />
          <Surface.Italic />
        </Surface.ControlsGroup>
        <Surface.ControlsGroup>
          <Surface.BulletList />
          <Surface.OrderedList />
        </Surface.ControlsGroup>
        <Surface.ControlsGroup>
          <Surface.Link />
          <Surface.Unlink />
        </Surface.ControlsGroup>
      </Surface.Toolbar>
      <Surface.Content />
    </Surface>
  )
}
