/** What administrative permissions are called. */
import type { AdminPermission } from '@oneforge/kernel/metadata'

const labels: Record<AdminPermission, { en: string; es: string }> = {
  objects: { en: 'Objects and fields', es: 'Objetos y campos' },
  users: { en: 'Members, invitations and teams', es: 'Miembros, invitaciones y equipos' },
  roles: { en: 'Roles', es: 'Roles' },
  templates: { en: 'Template and sample data', es: 'Plantilla y datos de ejemplo' },
  views: { en: 'Views of everybody', es: 'Vistas de todos' },
  automation: { en: 'Automation', es: 'Automatización' },
  audit: { en: 'Audit log', es: 'Registro de auditoría' },
  imports: { en: 'Imports of everybody', es: 'Importaciones de todos' },
  settings: { en: 'Settings of the workspace', es: 'Configuración del espacio de trabajo' },
}

export const permissionLabel = (permission: AdminPermission, locale: string): string =>
  locale === 'es' ? labels[permission].es : labels[permission].en
