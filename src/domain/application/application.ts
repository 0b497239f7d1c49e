/**
 * What groups the services of one owner under a name and a namespace, and may be empty. Services know their application by a plain
 * label as well, with which everybody else finds them.
 */
export interface Application {
  readonly id: string;
  /** The organization that it belongs to; absent: the installation. */
  readonly organizationId?: string | undefined;
  /** The user who made it. Names are unique for each owner. */
  readonly ownerId: string;
  readonly ownerName: string;
  readonly name: string;
  readonly namespace: string;
  readonly description?: string | undefined;
  /** `application` of its services. */
  readonly label: string;
  /** What else its owner has said of it; kept as it came. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** Absent: all. */
export interface ApplicationFilter {
  readonly organizationId?: string | undefined;
  readonly ownerId?: string | undefined;
}

export interface ApplicationStore {
  find(id: string): Promise<Application | undefined>;
  /** Oldest first. */
  list(filter: ApplicationFilter): Promise<readonly Application[]>;
  /** @throws DomainError `application-name-in-use` */
  insert(application: Application): Promise<void>;
  /**
   * Writes names and description if the version is still `application.version`; it rises by one.
   *
   * @throws DomainError `write-conflict`, `application-name-in-use`
   */
  replace(application: Application): Promise<Application>;
  remove(id: string): Promise<void>;
}
