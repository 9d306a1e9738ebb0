import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { client } from '../../api/client.ts'
import { PageError } from '../../ui/PageError.tsx'
import classes from './FilledForm.module.css'
import { FilledForm } from './FilledForm.tsx'

/** A form that a member fills in. */
export default function InsidePage() {
  const { form = '' } = useParams()
  const door = useMemo(() => client.forms.inside(form), [form])
  const { data, error, refetch } = useQuery({
    queryKey: ['form to fill in', form],
    queryFn: door.open,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (error) return <PageError error={error} />
  return (
    <div className={classes.page}>
      <title>{`${data?.title ?? ''} · OneForge`}</title>
      <div className={classes.box}>
        {data ? (
          <FilledForm key={data.challenge.token} form={data} door={door} side="inside" onOutdated={() => refetch()} />
        ) : (
          <Skeleton height={280} />
        )}
      </div>
    </div>
  )
}
