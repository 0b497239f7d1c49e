/**
 * A scheduler in another process: each instance goes to the cluster with the most free memory. Run it beside `make start`:
 *
 *     SM_URL=http://127.0.0.1:10000 SM_SCHEDULER_TOKEN=$(cat data/scheduler-token) npx tsx examples/scheduler.ts
 *
 * and deploy services with `scheduler: roomiest`, or start the manager with SM_SCHEDULER=roomiest.
 */
import { SchedulerSession } from '@system-manager/client/scheduler';

const scheduler = new SchedulerSession({
  url: process.env['SM_URL'] ?? 'http://127.0.0.1:10000',
  token: process.env['SM_SCHEDULER_TOKEN'] ?? '',
  name: 'roomiest',
  place: (requests, picture) =>
    requests.map((request) => {
      const [best] = picture
        .candidates(request)
        .sort((a, b) => b.free.memoryMiB - a.free.memoryMiB);
      return best
        ? picture.assign(request, best, { reason: 'has the most free memory' })
        : picture.refuse(request);
    }),
});

scheduler.on('connected', ({ url }) => console.log(`connected to ${url}`));
scheduler.on('disconnected', ({ reason, retryInMs }) =>
  console.log(`${reason}; again in ${retryInMs} ms`),
);
scheduler.start();
process.once('SIGTERM', () => void scheduler.close());
process.once('SIGINT', () => void scheduler.close());
