/** For tests of agents, schedulers and tools: a manager of their own, as a process. */
export { createTestManager, type TestManager, type TestManagerOptions } from './test-manager.js';
