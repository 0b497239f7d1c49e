/** A Fastify server that answers one JSON document and does nothing else: what HTTP on this machine can give. */
import Fastify from 'fastify';

const answer = JSON.stringify({ text: 'x'.repeat(Number(process.env['BENCH_BODY_BYTES'])) });
const app = Fastify();
app.get('/', (_request, reply) => reply.type('application/json').send(answer));
process.once('SIGTERM', () => {
  app.server.closeAllConnections();
  void app.close();
});
await app.listen({ host: '127.0.0.1', port: Number(process.env['BENCH_PORT']) });
