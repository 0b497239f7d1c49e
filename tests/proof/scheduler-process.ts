/** The scheduler of the proof: puts each instance where most is free, and ends when it is killed. */
import { SchedulerSession } from '@system-manager/client/scheduler';

const [url = '', name = '', token = '', requestsMax = '200'] = process.argv.slice(2);

const scheduler = new SchedulerSession({
  url,
  name,
  token,
  requestsMax: Number(requestsMax),
  timing: { reconnectDelayMsMax: 1_000 },
  place: (requests, picture) =>
    requests.map((request) => {
      let best;
      for (const cluster of picture.candidates(request))
        if (best === undefined || cluster.free.memoryMiB > best.free.memoryMiB) best = cluster;
      return best ? picture.assign(request, best) : picture.refuse(request);
    }),
});
scheduler.on('connected', () => process.stdout.write('connected\n'));
scheduler.start();
