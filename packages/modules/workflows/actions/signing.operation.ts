import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'

/** @param signingSecret what calls of a workspace are signed with. */
export const signingOperation = (signingSecret: (tenantId: string) => string): AnyOperation =>
  defineOperation({
    name: 'workflows.signingSecret',
    kind: 'query',
    summary: 'What calls of workflows to the outside are signed with',
    description:
      'Each call carries `X-OneForge-Signature: t=<seconds since 1970>,v1=<signature>`: HMAC-SHA256 with this secret over the seconds, a point and the body, in hexadecimal. A receiver works it out as well, and refuses what is older than a few minutes.',
    tag: 'Workflows',
    access: { admin: 'automation' },
    secretAnswer: true,
    input: z.strictObject({}),
    output: z.object({ secret: z.string() }).meta({ id: 'WorkflowSigningSecret' }),
    http: { method: 'GET', path: '/workflow-signing-secret' },
    handler: async ({ model }) => ({ secret: signingSecret(model.tenantId) }),
  })
