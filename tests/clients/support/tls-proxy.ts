import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** Something that listens on loopback and passes bytes on. */
export interface Passage {
  readonly port: number;
  close(): Promise<void>;
}

/** Ends TLS in front of a server of this machine, and asks for a certificate of the client. */
export function startTlsDoor(
  target: number,
  own: { readonly key: string; readonly cert: string; readonly clientCa: string },
): Promise<Passage> {
  const { key, cert, clientCa } = own;
  const server = createTlsServer(
    { key, cert, ca: clientCa, requestCert: true, rejectUnauthorized: true },
    (socket) => join(socket, connect(target, '127.0.0.1')),
  );
  // A client that is turned away is the client's affair.
  server.on('tlsClientError', () => undefined);
  return listen(server);
}

/** An HTTP proxy that knows `CONNECT` only, and what it was asked for. */
export async function startProxy(): Promise<
  Passage & { readonly asked: { target: string; authorization: string | undefined }[] }
> {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server: Server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket: Socket, head) => {
    const target = request.url ?? '';
    asked.push({ target, authorization: request.headers['proxy-authorization'] });
    const [host = '', port = ''] = target.split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
    });
    join(socket, onward);
  });
  return { ...(await listen(server)), asked };
}

function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => peer.destroy());
    socket.on('close', () => peer.destroy());
  }
}

async function listen(server: NetServer): Promise<Passage> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
