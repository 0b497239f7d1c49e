/** The descriptor in the form of 2021 (`v0.1`), for its clusters, its scheduler and the database that they share. */
import { fullName, type Descriptor } from '../domain/service/descriptor.js';

const portOf = ({ ports }: Descriptor): string | number | undefined => {
  const [port] = ports ?? [];
  if (port === undefined) return undefined;
  return port.hostPort === undefined
    ? port.containerPort
    : `${port.hostPort}:${port.containerPort}`;
};

const defined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** A descriptor that was written in our own form, in that of 2021. */
export const toJobFields = (descriptor: Descriptor): Readonly<Record<string, unknown>> =>
  defined({
    api_version: 'v0.1',
    job_name: fullName(descriptor),
    image: descriptor.image,
    image_runtime: descriptor.runtime,
    port: portOf(descriptor),
    cluster_location: descriptor.placement?.location,
    node: descriptor.placement?.worker,
    requirements: {
      cpu: descriptor.resources?.cpuCores ?? 0,
      memory: descriptor.resources?.memoryMiB ?? 0,
    },
    cluster:
      descriptor.placement?.cluster === undefined
        ? undefined
        : { name: descriptor.placement.cluster },
  });
