/**
 * Looking at the workspace as somebody else: an administrator's queries are answered with the other person's policy. There
 * is no state to forget about: each request says so itself, is checked by itself, and is audited.
 */
import type { Member } from '../access/index.ts'
import { because, forbidden } from '../errors/index.ts'
import type { AnyOperation } from './operation.ts'

/** The request header that names the person, and the answer's that confirms it. */
export const viewAsHeader = 'X-OneForge-View-As'

/** Nothing is changed while viewing, and a person's own account is nobody else's to look at. */
export function requireViewing(operation: AnyOperation): void {
  if (operation.kind === 'command' || operation.access === 'user' || operation.bindUser) {
    throw forbidden(
      `This is not possible while viewing as somebody else, which only reads. Leave ${viewAsHeader} out.`,
      because('VIEWING_READS_ONLY', 'viewAs'),
    )
  }
}

/** Nobody sees with the eyes of somebody who has administrative permissions that they lack themselves. */
export function requireMayView(viewer: Pick<Member, 'policy'>, viewed: Pick<Member, 'name' | 'policy'>): void {
  const { admin } = viewer.policy
  const lacking = [...viewed.policy.admin].find((permission) => !admin.has(permission))
  if (lacking) {
    throw forbidden(`${viewed.name} has the administrative permission “${lacking}”, which you do not have yourself.`)
  }
}
