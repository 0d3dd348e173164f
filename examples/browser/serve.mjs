// A static server for the repository, reachable from this machine only: node serve.mjs [port]

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = '/examples/browser/';
const types = {
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

const server = createServer(async (request, response) => {
  try {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (path === '/') {
      response.writeHead(302, { location: page }).end();
      return;
    }

    // Refuse paths outside the repository and hidden files.
    const file = join(root, normalize(path.endsWith('/') ? `${path}index.html` : path));
    if (!file.startsWith(root) || file.slice(root.length).split(sep).some(part => part.startsWith('.')) || !(await stat(file)).isFile()) {
      throw new Error('not found');
    }

    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
    createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404).end('Not found.');
  }
});

server.listen(Number(process.argv[2] ?? 8000), '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}${page}`);
});
