// A line to the server that can die without a word, as when a laptop sleeps or a router forgets: nobody hangs up, and
// nothing more comes.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = {
  address: string;
  /** How many connections carry a stream of events. */
  streams: () => number;
  /** Those that carry a stream go silent, the others are cut. New ones work. */
  die: () => void;
  /** From now on what comes over a connection that carries a stream is gathered and never passed on, as by a proxy that buffers. */
  hold: () => void;
  close: () => Promise<void>;
};

export async function line(server: string): Promise<Line> {
  let holds = false;
  const open = new Set<{ from: Socket; to: Socket; stream: boolean }>();
  const { hostname, port } = new URL(server);
  const listening = createServer((from) => {
    const pair = { from, to: connect(Number(port), hostname), stream: false };
    open.add(pair);
    from.on('data', (bytes) => {
      if (/^GET \S*\/handelser /.test(bytes.toString('latin1'))) {
        pair.stream = true;
        if (holds) {
          pair.to.unpipe(pair.from);
          pair.to.resume();
        }
      }
    });
    from.pipe(pair.to);
    pair.to.pipe(from);
    for (const end of [from, pair.to]) {
      end.on('error', () => end.destroy());
      end.on('close', () => {
        from.destroy();
        pair.to.destroy();
        open.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    streams: () => [...open].filter((pair) => pair.stream).length,
    die: () => {
      for (const pair of [...open]) {
        if (pair.stream) {
          pair.to.unpipe(pair.from);
          pair.from.unpipe(pair.to);
          // what the server still sends is read and thrown away
          pair.to.resume();
          open.delete(pair);
        } else {
          pair.from.destroy();
        }
      }
    },
    hold: () => {
      holds = true;
    },
    close: async () => {
      for (const pair of [...open]) pair.from.destroy();
      await new Promise((resolve) => listening.close(resolve));
    },
  };
}
