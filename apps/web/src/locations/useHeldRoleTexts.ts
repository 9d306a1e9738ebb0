import { byRole, type HeldRole } from './heldRoles.ts'
import { useLocations } from './locations.ts'

interface NamedRole extends HeldRole {
  label: string
}

/** Roles as one reads them, one text each: `Receptionist`, `Nurse · Centre, North`. */
export function useHeldRoleTexts(): (roles: NamedRole[]) => { key: string; text: string }[] {
  const { data: locations = [] } = useLocations()
  return (roles) => {
    const labels = new Map(roles.map(({ key, label }) => [key, label]))
    return Object.entries(byRole(roles)).map(([key, reach]) => {
      const places = locations.filter(({ id }) => reach.includes(id)).map(({ name }) => name)
      return { key, text: [labels.get(key), places.join(', ')].filter(Boolean).join(' · ') }
    })
  }
}
