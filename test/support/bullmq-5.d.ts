/** BullMQ 5 beside 6: what the module uses of it has the same types. */
declare module 'bullmq-5' {
  export * from 'bullmq';
}
