/** The dialog with all keys, which comes when it is asked for. */
export async function showShortcuts(): Promise<void> {
  const { openShortcuts } = await import('./ShortcutsDialog.tsx')
  await openShortcuts()
}
