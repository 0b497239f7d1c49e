/** A server that does nothing but answer: one JSON document over HTTP, and what it was sent over a WebSocket. What this machine can give. */
import Fastify from 'fastify';
import { WebSocketServer } from 'ws';

const answer = JSON.stringify({ text: 'x'.repeat(Number(process.env['BENCH_BODY_BYTES'])) });
const app = Fastify();
app.get('/', (_request, reply) => reply.type('application/json').send(answer));
const sockets = new WebSocketServer({ server: app.server, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    socket.send(data, { binary: false });
  });
});
process.once('SIGTERM', () => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  app.server.closeAllConnections();
  void app.close();
});
await app.listen({ host: '127.0.0.1', port: Number(process.env['BENCH_PORT']) });
