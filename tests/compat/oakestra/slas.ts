/** Descriptors as users of Oakestra write them. */

type Fields = Readonly<Record<string, unknown>>;

export const aMicroservice = (fields: Fields = {}): Record<string, unknown> => ({
  microserviceID: '',
  microservice_name: 'web',
  microservice_namespace: 'front',
  virtualization: 'container',
  memory: 100,
  vcpus: 1,
  code: 'docker.io/library/nginx:latest',
  port: '8080:80/tcp',
  environment: ['A=1'],
  addresses: { rr_ip: '10.30.30.30' },
  ...fields,
});

export const anApplication = (fields: Fields = {}) => ({
  applicationID: '',
  application_name: 'shop',
  application_namespace: 'prod',
  application_desc: 'demo',
  microservices: [aMicroservice()],
  ...fields,
});

export const anSla = (...applications: ReturnType<typeof anApplication>[]) => ({
  sla_version: 'v2.0',
  customerID: 'Admin',
  applications: applications.length === 0 ? [anApplication()] : applications,
});
