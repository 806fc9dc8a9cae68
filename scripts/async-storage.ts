import { AsyncLocalStorage } from 'node:async_hooks';

// parts of Next look for it here as soon as they are loaded; its own launcher puts it there first
Object.assign(globalThis, { AsyncLocalStorage });
