interface CreateRecordProps {
  object: string
  opened: boolean
  onClose: () => void
  onCreated: (record: { id: string }) => void
}

export function CreateRecord(_: CreateRecordProps) {
  return null
}
