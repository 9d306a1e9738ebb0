import type { ObjectMeta } from '@oneforge/client'

/** Whether people can be invited to records of the object: it says when they begin and, as tags, who attends. */
export const isInviting = ({ roles, fields }: ObjectMeta): boolean =>
  roles.startsAt !== undefined && fields.some(({ key, type }) => key === 'attendees' && type === 'tags')
