import { describe, expect, it } from 'vitest';
import type { PendingOrder } from '../../../src/domain/instance/orders.js';
import { Outbox } from '../../../src/gateway/outbox.js';
import { id } from '../../support/builders.js';

const order = (number: number, action: 'run' | 'stop' = 'run'): PendingOrder => ({
  instanceId: id(number),
  generation: 1,
  action,
  serviceId: id(0x5e),
  ordinal: number,
  revision: 1,
});

describe('the orders of a session', () => {
  it('keep an order once, however often it is offered (P6)', () => {
    const outbox = new Outbox(10);
    expect(outbox.offer(order(1))).toBe(true);
    expect(outbox.offer(order(1))).toBe(false);
    expect(outbox.take(10, 0)).toHaveLength(1);
    expect(outbox.offer(order(1))).toBe(false);
  });

  it('send no more than the window until some are answered', () => {
    const outbox = new Outbox(2);
    for (const n of [1, 2, 3]) outbox.offer(order(n));
    expect(outbox.take(10, 0)).toHaveLength(2);
    expect(outbox.take(10, 0)).toEqual([]);
    outbox.settle([order(1)]);
    expect(outbox.take(10, 0)).toEqual([order(3)]);
  });

  it('do not start what is to be stopped already', () => {
    const outbox = new Outbox(10);
    outbox.offer(order(1));
    outbox.offer(order(1, 'stop'));
    expect(outbox.take(10, 0)).toEqual([order(1, 'stop')]);
  });

  it('can be told again after they went unanswered for long', () => {
    const outbox = new Outbox(10);
    outbox.offer(order(1));
    outbox.take(10, 1_000);
    outbox.forget(1_000);
    expect(outbox.offer(order(1))).toBe(false);
    outbox.forget(1_001);
    expect(outbox.offer(order(1))).toBe(true);
  });
});
