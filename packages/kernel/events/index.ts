export { createDispatcher, type Dispatcher, type DispatcherOptions } from './dispatcher.ts'
export {
  appendEvents,
  type DomainEvent,
  type EventCause,
  type EventConsumer,
  type HandlingContext,
  type Log,
  type NewEvent,
  nameCause,
} from './event.ts'
export { forgetConsumer, listParked, type ParkedEvent, pruneEvents, retryParked } from './upkeep.ts'
