export { OutsideCaller } from './outside-caller.ts'
