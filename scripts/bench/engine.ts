import { benchEngine } from '@/lib/engine/bench';
import type { Bench } from './contract';

export const bench: Bench = {
  title: 'Engine: durable steps and runs, from event to step',
  against: 'no floor: figures of the embedded engine on this machine',
  rounds: 5,
  async prepare({ newDatabase }) {
    const url = await newDatabase();
    return {
      async round() {
        const { stepsPerSecond, runsPerSecond, eventToStepP50Ms } = await benchEngine(url);
        return [
          { what: 'sequential steps', unit: '/s', value: stepsPerSecond },
          { what: 'runs of one step', unit: '/s', value: runsPerSecond },
          { what: 'event to step, median', unit: 'ms', value: eventToStepP50Ms },
        ];
      },
      reconcile: async () => [],
      end: async () => undefined,
    };
  },
};
