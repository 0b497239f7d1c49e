import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Below this, the header of a compressed file eats what is gained. */
const bytesMin = 512;

/** Writes each file compressed beside itself, so that the manager has nothing to compress while it serves. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  // The page itself is complete only after all others have had their turn.
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        if (content.length < bytesMin) continue;
        const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        const emit = (suffix: string, source: Buffer) =>
          this.emitFile({ type: 'asset', fileName: file.fileName + suffix, source });
        emit('.br', brotliCompressSync(content, brotli));
        emit('.gz', gzipSync(content, { level: 9 }));
      }
    },
  },
});

export default defineConfig({
  base: '/ui/',
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  plugins: [compressed()],
  server: { proxy: { '/api': 'http://127.0.0.1:10000' } },
});
