/** Lets agents enrol their clusters, a number of times and for some time. The token itself is shown once and never kept. */
export interface EnrolmentToken {
  readonly id: string;
  /** What it is for. */
  readonly name?: string | undefined;
  readonly tokenHash: string;
  /** The organization that clusters enrolled with it belong to; absent: the installation. */
  readonly organizationId?: string | undefined;
  /** The only cluster that may enrol with it; any where absent. */
  readonly clusterName?: string | undefined;
  readonly usesMax: number;
  readonly usesLeft: number;
  /** Whether clusters that enrol with it wait for approval. */
  readonly requiresApproval: boolean;
  /** Who made it: the id of a user; absent for programs and the installation's administrator. */
  readonly ownerId?: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt?: number | undefined;
}
