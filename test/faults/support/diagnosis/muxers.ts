import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { World } from './world.ts';

/** Puts a server of a test in the muxer's place. */
async function inPlace(world: World, serve: (socket: Socket) => void): Promise<void> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  world.muxer = `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Takes every connection and says nothing. */
export const silentMuxer = (world: World): Promise<void> => inPlace(world, () => undefined);

/** A web server. */
export const webServer = (world: World): Promise<void> =>
  inPlace(world, (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')));

/** The muxer of the world with a port that negotiated 12 Mbit/s. */
export function slowestPort(world: World): Promise<void> {
  const [host = '', port = ''] = world.phone.address.split(':');
  return inPlace(world, (socket) => {
    const behind = connect(Number(port), host);
    behind.on('error', () => socket.destroy());
    socket.pipe(behind);
    // The same length, so that the frame stays whole.
    behind.on('data', (chunk) => socket.write(Buffer.from(chunk.toString('latin1').replace('>480000000<', '>012000000<'), 'latin1')));
    behind.on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
  });
}
