export { HttpSmsGateway } from './http-sms-gateway.ts'
