// node build.mjs OUT: bundles the story editor into one file. Installs what package-lock.json names where that hasn't been done; one build at a time, so that two beside each other don't
// take each other's packages away. Exit code 3: the packages can't be had (no network, say), and Warta is built without the editor.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lock = join(here, '.lock');
const time = (file) => statSync(join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isAlive = (pid) => {
    try {
        return pid > 0 && process.kill(pid, 0);
    } catch (e) {
        return e.code === 'EPERM';
    }
};

async function take() {
    for (let waited = 0; waited < 300; waited++) {
        try {
            mkdirSync(lock);
            writeFileSync(join(lock, 'pid'), String(process.pid));
            return;
        } catch (e) {
            if (e.code !== 'EEXIST') throw e;
        }

        // Whoever died here holds nothing.
        const age = Date.now() - time('.lock');
        let pid = 0;
        try {
            pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
        } catch {}
        if (age > 5_000 && !isAlive(pid)) rmSync(lock, { recursive: true, force: true });
        await new Promise((done) => setTimeout(done, 500));
    }

    throw new Error(`Another build holds ${lock}.`);
}

function install() {
    if (time('node_modules/.package-lock.json') >= time('package-lock.json')) return true;
    const npm = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: here, encoding: 'utf8', shell: process.platform === 'win32' });
    if (npm.status !== 0) console.log(`npm ci: ${npm.error?.message ?? npm.stderr}`);
    return npm.status === 0;
}

const out = process.argv[2];
await take();
try {
    if (install()) {
        const { build } = await import('esbuild');
        mkdirSync(dirname(out), { recursive: true });
        const half = `${out}.${process.pid}`;
        await build({ absWorkingDir: here, entryPoints: ['src/page.ts'], bundle: true, format: 'esm', target: 'es2022', minify: true, legalComments: 'none', charset: 'utf8', outfile: half, logLevel: 'warning' });
        renameSync(half, out);
    } else process.exitCode = 3;
} finally {
    rmSync(lock, { recursive: true, force: true });
}
