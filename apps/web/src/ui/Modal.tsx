import { Modal as MantineModal, type ModalProps } from '@mantine/core'
import { useReturnFocus } from './useReturnFocus.ts'

/** A dialog. The focus goes back to where it was also where the dialog is drawn only while it is open. */
export function Modal(props: ModalProps) {
  useReturnFocus()
  return <MantineModal {...props} />
}
