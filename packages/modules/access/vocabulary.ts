/** What administrative permissions are called. */
import { type AdminPermission, type Language, languageOf } from '@oneforge/kernel/metadata'

const labels: Record<AdminPermission, Record<Language, string>> = {
  objects: { en: 'Objects and fields', es: 'Objetos y campos', de: 'Objekte und Felder' },
  users: {
    en: 'Members, invitations and teams',
    es: 'Miembros, invitaciones y equipos',
    de: 'Mitglieder, Einladungen und Teams',
  },
  roles: { en: 'Roles', es: 'Roles', de: 'Rollen' },
  templates: { en: 'Template and sample data', es: 'Plantilla y datos de ejemplo', de: 'Vorlage und Beispieldaten' },
  views: { en: 'Views of everybody', es: 'Vistas de todos', de: 'Ansichten für alle' },
  automation: { en: 'Automation', es: 'Automatización', de: 'Automatisierung' },
  audit: { en: 'Audit log', es: 'Registro de auditoría', de: 'Auditprotokoll' },
  imports: { en: 'Imports of everybody', es: 'Importaciones de todos', de: 'Importe aller Personen' },
  settings: {
    en: 'Settings of the workspace',
    es: 'Configuración del espacio de trabajo',
    de: 'Einstellungen des Arbeitsbereichs',
  },
}

export const permissionLabel = (permission: AdminPermission, locale: string): string =>
  labels[permission][languageOf(locale)]
