import { Skeleton } from '@mantine/core'
import { useParams } from 'react-router'
import { PageError } from '../../ui/PageError.tsx'
import { useWorkflow } from '../queries.ts'
import { Builder } from './Builder.tsx'

/** A workflow on its canvas: changed, tried, published, and looked at while it runs. */
export default function BuilderPage() {
  const { id = '' } = useParams()
  const { data: workflow, error } = useWorkflow(id)
  if (error && !workflow) return <PageError error={error} />
  if (!workflow) return <Skeleton m="lg" height={480} />
  return <Builder key={id} workflow={workflow} />
}
