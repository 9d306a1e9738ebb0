import { BulkProgress } from '../list/bulk/BulkProgress.tsx'
import { IdleLogOff } from '../security/IdleLogOff.tsx'

/** What looks after whoever works here and shows itself only now and then: it comes behind the page. */
export default function Watchers() {
  return (
    <>
      <BulkProgress />
      <IdleLogOff />
    </>
  )
}
