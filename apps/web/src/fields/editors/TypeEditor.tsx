import type { EditorProps } from './editorProps.ts'
import { editorOf } from './index.ts'

/** The input for one field that can be edited. */
export function TypeEditor(props: EditorProps) {
  const Editor = editorOf(props.field)
  return Editor && <Editor {...props} />
}
