import { byRole, type HeldRole } from './heldRoles.ts'
import { useLocationName } from './locations.ts'

interface NamedRole extends HeldRole {
  label: string
}

/** Roles as one reads them, one text each: `Receptionist`, `Nurse · Centre, North`. */
export function useHeldRoleTexts(): (roles: NamedRole[]) => { key: string; text: string }[] {
  const nameOf = useLocationName()
  return (roles) => {
    const labels = new Map(roles.map(({ key, label }) => [key, label]))
    return Object.entries(byRole(roles)).map(([key, reach]) => {
      const places = reach === 'everywhere' ? [] : reach.map(nameOf)
      return { key, text: [labels.get(key), places.join(', ')].filter(Boolean).join(' · ') }
    })
  }
}
