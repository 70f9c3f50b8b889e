// Bundles the tests (Node 20 reads no TypeScript) and runs them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'warta-editor-'));
try {
    const tests = readdirSync(here).filter((file) => file.endsWith('.test.ts'));
    await build({ entryPoints: tests.map((file) => join(here, file)), bundle: true, platform: 'node', format: 'esm', target: 'node20', outdir: out, outExtension: { '.js': '.mjs' }, logLevel: 'warning' });
    process.exitCode = spawnSync(process.execPath, ['--test', ...tests.map((file) => join(out, file.replace(/\.ts$/, '.mjs')))], { stdio: 'inherit' }).status ?? 1;
} finally {
    rmSync(out, { recursive: true, force: true });
}
