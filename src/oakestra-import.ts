/** `system-manager import oakestra URL`: takes over what an installation of Oakestra has in its database. */
import mongoose from 'mongoose';
import {
  isOwnOrganization,
  isUser,
  readOrganization,
  readUser,
} from './compat/oakestra/import/people.js';
import type { Foreign, Source, Surroundings } from './compat/oakestra/import/source.js';
import { readApplication, readCluster, readService } from './compat/oakestra/import/workload.js';
import { Refusal } from './compat/oakestra/http/encodings.js';
import { withQuotas } from './domain/access/quotas.js';
import type { User } from './domain/access/user.js';
import type { Application } from './domain/application/application.js';
import type { Cluster } from './domain/cluster/cluster.js';
import { DomainError } from './domain/errors.js';
import { numberOf } from './domain/instance/instance.js';
import { secrets } from './secrets.js';
import { newId } from './store/ids.js';
import type { Store } from './store/store.js';

const connectMsMax = 10_000;

/** @throws Error - it cannot be reached; says what to look at, without the password */
async function connect(url: string): Promise<mongoose.mongo.MongoClient> {
  const saysHowLong = /[?&]serverSelectionTimeoutMS=/i.test(url);
  try {
    return await mongoose.mongo.MongoClient.connect(
      url,
      saysHowLong ? {} : { serverSelectionTimeoutMS: connectMsMax },
    );
  } catch (error) {
    const place = url.replace(/\/\/[^@/]*@/, '//');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the database at ${place} cannot be read: ${why}. Is it running, is its port open to this machine, and are name and password right?`,
      { cause: error },
    );
  }
}

/** Reads the database of a root. @throws Error - it cannot be reached */
export async function readSource(url: string): Promise<Source> {
  const client = await connect(url);
  try {
    const read = async (database: string, collection: string): Promise<readonly Foreign[]> => {
      const documents = await client.db(database).collection(collection).find().toArray();
      return documents.map(({ _id: id, ...fields }) => ({ id: id.toHexString(), fields }));
    };
    return {
      users: await read('users', 'user'),
      organizations: await read('users', 'organization'),
      applications: await read('jobs', 'apps'),
      services: await read('jobs', 'jobs'),
      clusters: await read('candidates', 'candidates'),
    };
  } finally {
    await client.close();
  }
}

/** How many documents of a kind were taken over, were there already, and could not be. */
interface Count {
  taken: number;
  known: number;
  left: number;
}

const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof DomainError) return error.detail;
  return error instanceof Refusal ? error.answer.body.trim() : undefined;
};

class Import {
  readonly #store: Store;
  readonly #print: (line: string) => void;
  readonly #surroundings: Surroundings;
  readonly counts = new Map<string, Count>();

  constructor(store: Store, print: (line: string) => void, now: number) {
    this.#store = store;
    this.#print = print;
    this.#surroundings = {
      now,
      newId,
      credentialHash: (id) => secrets.createCredential(id).hash,
    };
  }

  async run(source: Source): Promise<void> {
    const { now } = this.#surroundings;
    const { access } = this.#store;
    await this.#each('organization', source.organizations.filter(isOwnOrganization), {
      find: (id) => access.organizations.find(id),
      take: async (each) => {
        const organization = readOrganization(each, source, now);
        await access.organizations.insert(organization);
        return organization;
      },
    });
    const users = await this.#each<User>('user', source.users.filter(isUser), {
      find: (id) => access.users.find(id),
      take: async (each) => {
        const user = readUser(each, source, now);
        await access.users.insert(user);
        return user;
      },
    });
    const clusters = await this.#clusters(source.clusters);
    const applications = await this.#applications(source.applications, users);
    await this.#services(source.services, applications, clusters);
  }

  #clusters(foreign: readonly Foreign[]): Promise<ReadonlyMap<string, Cluster>> {
    const { clusters, notices } = this.#store;
    return this.#each<Cluster>('cluster', foreign, {
      find: (id) => clusters.find(id),
      take: async (each) => {
        const cluster = readCluster(each, this.#surroundings);
        await clusters.insert(cluster);
        // The network component knows it; at which port is told when it registers again.
        await notices.put(`cluster/${cluster.id}`, cluster.endpoint?.host ?? '');
        return cluster;
      },
    });
  }

  #applications(
    foreign: readonly Foreign[],
    users: ReadonlyMap<string, User>,
  ): Promise<ReadonlyMap<string, Application>> {
    const { applications } = this.#store;
    const owners = new Map([...users.values()].map((user) => [user.name, user]));
    return this.#each<Application>('application', foreign, {
      find: (id) => applications.find(id),
      take: async (each) => {
        const application = readApplication(each, owners, this.#surroundings);
        await applications.insert(application);
        return application;
      },
    });
  }

  async #services(
    foreign: readonly Foreign[],
    applications: ReadonlyMap<string, Application>,
    clusters: ReadonlyMap<string, Cluster>,
  ): Promise<void> {
    const { access, adoptions, notices, transactions } = this.#store;
    const services = withQuotas(this.#store.services, access.organizations, transactions);
    await this.#each('service', foreign, {
      find: (id) => services.find(id),
      take: async (each) => {
        const application = applications.get(String(each.fields['applicationID']));
        if (application === undefined)
          throw new DomainError('validation-failed', 'its application is not there');
        const { service, instances } = readService(each, application, clusters, this.#surroundings);
        await transactions.transaction(async () => {
          await services.insert(service);
          await adoptions.addInstances(instances);
        });
        // What is there counts as told.
        await notices.put(`service/${service.id}`, '');
        for (const instance of instances)
          await notices.put(
            `instance/${service.id}/${numberOf(instance)}`,
            instance.halves[0]?.clusterId ?? '',
          );
        return service;
      },
    });
  }

  /** One that makes no sense, or whose name is taken, does not stop the others. @returns all that are there, by id */
  async #each<T>(
    kind: string,
    foreign: readonly Foreign[],
    { find, take }: { find(id: string): Promise<T | undefined>; take(each: Foreign): Promise<T> },
  ): Promise<ReadonlyMap<string, T>> {
    const count: Count = { taken: 0, known: 0, left: 0 };
    this.counts.set(kind, count);
    const there = new Map<string, T>();
    for (const each of foreign) {
      const known = await find(each.id);
      if (known !== undefined) {
        count.known += 1;
        there.set(each.id, known);
        continue;
      }
      try {
        there.set(each.id, await take(each));
        count.taken += 1;
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === undefined) throw error;
        count.left += 1;
        this.#print(`${kind} ${each.id} is left out: ${reason}`);
      }
    }
    return there;
  }
}

/**
 * Takes over users, organizations, clusters, applications and services under their ids. What is there already stays as it is, so it may
 * be run again. The source is only read.
 *
 * @param now - epoch milliseconds
 * @returns whether everything is there now
 */
export async function importOakestra(
  store: Store,
  source: Source,
  print: (line: string) => void,
  now: number,
): Promise<boolean> {
  const work = new Import(store, print, now);
  await work.run(source);
  for (const [kind, { taken, known, left }] of work.counts)
    print(`${kind}: ${taken} taken over, ${known} there already, ${left} left out`);
  return [...work.counts.values()].every(({ left }) => left === 0);
}
