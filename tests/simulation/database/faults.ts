/** How the database is doing. The fault plan turns these; all of them are zero in fair weather. */
export interface DatabaseFaults {
  /** Nobody can reach it. */
  down: boolean;
  /** By how much a write takes longer than usual. */
  slowness: number;
  /** Share of commands whose connection breaks, half of them before and half after they took effect. */
  lossRate: number;
  /** Share of writes that fail because the disk takes no more. */
  failRate: number;
  /** Share of transactions that run into a conflict. */
  conflictRate: number;
}

export const noDatabaseFaults = (): DatabaseFaults => ({
  down: false,
  slowness: 1,
  lossRate: 0,
  failRate: 0,
  conflictRate: 0,
});
