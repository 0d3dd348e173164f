// Keeps a copy of everything that the page needs: online the page is always current, and offline it still works.

const CACHE = 'food-or-not';
const FILES = [
  './',
  'style.css',
  'icon.svg',
  'app.js',
  'classifier.js',
  'rows.js',
  'spelling.js',
  'node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
  'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  '../../models/food-words.onnx',
];

self.addEventListener('install', event => event.waitUntil(
  caches.open(CACHE).then(cache => cache.addAll(FILES)).then(() => self.skipWaiting())));

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  if (event.request.method === 'GET' && new URL(event.request.url).origin === self.location.origin) {
    event.respondWith(answer(event.request));
  }
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.status === 200) {
      await cache.put(request, response.clone());
    }

    return response;
  } catch (error) {
    const copy = await cache.match(request, { ignoreSearch: true });
    if (copy) {
      return copy;
    }

    throw error;
  }
}
